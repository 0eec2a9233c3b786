"""Handing a dispute to a mediator: choice, recusal, acceptance, extension, suspension, ending."""
