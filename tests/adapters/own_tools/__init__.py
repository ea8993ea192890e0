"""Tests of app.adapters.own_tools."""
