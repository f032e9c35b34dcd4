"""The folder "../../etc/\"\"\" ''' \\ \\N{DASH} {x} {{y}} {% raw %} {# #} %s \x00
import os; os.system('x') \u202e # type: ignore </script>".

Folder \"\"\" ''' \\ \\N{DASH} {x} {{y}} {% raw %} {# #} %s
 \x00
 import os; os.system('x') \u202e # type: ignore </script>
"""
