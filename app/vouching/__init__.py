"""Members who stand by other members, before any work: in their own words, shown once whoever they are about says so."""
