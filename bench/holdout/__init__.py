"""Leave-one-out: how much of a reply that was never seen the inferred types accept. README.md tells how it is done."""
