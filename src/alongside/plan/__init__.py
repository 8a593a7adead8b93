"""The one shared plan: goals in the person's words, actions with owners in either service, who agreed."""
