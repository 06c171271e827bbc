"""Measurements that can be repeated; each module says how."""
