"""The lists as spreadsheets: a template to fill, an import that takes all or nothing, an export."""
