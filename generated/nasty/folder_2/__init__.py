"""The folder "🦄".

🦄
"""
