"""The folder "{{ x }}{% raw %}".

{{ x }}{% endraw %}
"""
