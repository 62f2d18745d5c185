"""A small server that speaks OpenAI's files, fine-tuning, models and chat API on this computer.

It trains LoRA adapters and answers with them on the CPU, and imports nothing else of the project.
"""
