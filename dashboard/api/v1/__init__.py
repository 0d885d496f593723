"""REST v1: every command and every view for programs, told by its own OpenAPI document."""
