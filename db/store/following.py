"""Which articles are followed, and which of the sources that list them speaks for them: in SQL, of an article `a`.

Whatever counts, spreads, plans or hands out looks asks it here: what nobody follows any more stays due for ever.
"""

from __future__ import annotations

# As long as any active source lists it ("by hand" is one).
FOLLOWED = """EXISTS (SELECT 1 FROM listings l JOIN sources s ON s.id = l.source_id
                       WHERE l.article_id = a.id AND s.state = 'active')"""
# ... and it is not paused itself.
WANTED = f"a.paused = 0 AND {FOLLOWED}"

# Of a host `h`: it has sources or articles, and nobody asks for any of them any more. (One that only others lead to has
# none.)
LEFT_ALONE = f"""(
    EXISTS (SELECT 1 FROM sources WHERE host = h.host)
    OR EXISTS (SELECT 1 FROM articles WHERE host = h.host AND next_visit_at IS NOT NULL))
  AND NOT EXISTS (SELECT 1 FROM sources WHERE host = h.host AND state = 'active')
  AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.host = h.host AND a.next_visit_at IS NOT NULL AND {WANTED})"""

# The number of the source that named it first, as long as that is active, else of another one that is; null: it is not
# followed. When it is looked at, what is learned by that, and whether the budget pays follow that source.
SPEAKER = """(SELECT CASE WHEN max(s.id = a.source_id) THEN a.source_id ELSE min(s.id) END
              FROM listings l JOIN sources s ON s.id = l.source_id WHERE l.article_id = a.id AND s.state = 'active')"""
# ... is one of those that the parameter names: its looks are at fixed times, and the budget does not pay for them.
FIXED = f"{SPEAKER} IN (SELECT id FROM sources WHERE name IN (SELECT value FROM json_each(:fixed)))"
