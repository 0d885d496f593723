"""Linked displays: a room holds one scene, each screen class draws its own form of it."""
