"""Any acts by anybody, in any order and at any time: no sequence leads where none may lead."""
