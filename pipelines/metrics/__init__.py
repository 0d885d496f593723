"""Metrics: a YAML file each, read by `definition`, cut by `dimension`, asked by `compile`, told by `passport`."""
