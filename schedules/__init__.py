"""What to do and when: jobs, the daemon that runs them, configuration and the command line."""
