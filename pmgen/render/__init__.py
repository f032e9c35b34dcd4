"""RENDERER: Package -> text of files. Templates loop, branch and print; raw text cannot get past the gate."""

from pmgen.render.render import RenderError, render, render_file

__all__ = ["RenderError", "render", "render_file"]
