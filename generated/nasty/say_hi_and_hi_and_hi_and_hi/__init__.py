"""The folder \"\"\"\"\\".

\"\"\" ''' \\\"\"\" # {{ x }} {% raw %} {% endraw %} {# c #} ${x} {x} %(x)s %s `x`
</script><!-- --> ]]> */ ?> <img src=x onerror=alert(1)> \\N{BULLET} \\u0041 \\x41 \\
"""
