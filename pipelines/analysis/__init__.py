"""The analyst's questions: any metric × dimensions × period × filters, compared, followed to its rows, taken away."""
