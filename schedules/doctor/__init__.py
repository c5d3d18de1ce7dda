"""What `nachtrag doctor` looks at: the installation, what is watched, and the network. Each check gives findings."""
