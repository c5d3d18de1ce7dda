"""What readers wrote below an article: found where it is laid out, and taken out of the page that is kept.

Two questions are asked, and a mistake costs something else in each. *Which lines are comments, and not the article?* To
take an article for comments loses its text, so there must be more than a heading: a number that fits, a way to answer,
names and times, a box of their own.

- `headings`, `names`, `nicknames`: what stands over readers' words, how boxes of comments are called, who may speak
- `discussion`: the section under a heading, with times (`evidence` says whether to believe it), or without: `untimed`
  where the heading states a number, `headed` where it states none
- `alone`: a page on which nothing but comments is left
- `count`: the number that a page states for its article

*Where may words of readers stand?* To leave one behind keeps what nobody asked to keep, so more is taken for a comment.

- `blanking`: the whole of it, a page in, a page without comments out
- `boxes`: the lines that are seen
- `carriers`, `attributes`, `unseen`: templates, frames, fields, what is commented out, attributes
- `linked`, `data`, `flat`, `people`: JSON-LD, the data of scripts, be it a list of values that say where others stand,
  and what people said in JSON whatever it is called
"""

# What stands in a kept page where a reader's words stood.
BLANK = "[comment]"
