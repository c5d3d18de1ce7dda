"""The demonstration: an invented newspaper on this machine, a receiver of alerts, and a stage that tells the story."""
