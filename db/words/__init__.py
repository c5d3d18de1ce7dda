"""What is kept, in words for people: in German or English, on pages and in alerts alike."""
