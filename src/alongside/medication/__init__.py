"""Changes of medicine, as told or known. Prescribing is not here yet."""
