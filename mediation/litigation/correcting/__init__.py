"""补正裁定: a mistake in a paper of the court is put right by a ruling; the paper itself is never changed (R5-03)."""
