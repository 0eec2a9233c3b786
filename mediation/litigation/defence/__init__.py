"""The plaint copy goes to the defendants, who may answer it; before that time is over nothing is heard (CPL art. 128)."""
