"""Attacks of others in every field that we show, opened in a real Chromium, beside the same attacks as markup."""
