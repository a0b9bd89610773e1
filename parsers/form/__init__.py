"""The national form: editions, lines, columns, relations and rules as data."""

from parsers.form.model import TABLE_NAMES, Column, Edition, Form, Line, Relation, Rule, Section, Table, load_form

__all__ = ["TABLE_NAMES", "Column", "Edition", "Form", "Line", "Relation", "Rule", "Section", "Table", "load_form"]
