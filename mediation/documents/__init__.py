"""Court documents: composing, typesetting, keeping and handing out."""
