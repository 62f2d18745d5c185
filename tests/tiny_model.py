"""A tiny random language model with a real tokenizer, made in a moment for tests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

SENTENCES: Final = (
    "Kamu pasti bisa menyelesaikan tugas ini, semangat ya! 💪😊",
    "Nilai ujianmu belum bagus, tapi usahamu sudah keren banget 🌟",
    "Tarik napas dulu, lalu coba lagi pelan-pelan. Kamu tidak sendiri 🤗",
    "Wajar kalau kamu sedih 😢 istirahat sebentar, nanti lanjut lagi.",
    "You are a kind tutor who answers in one short message.",
    "system user assistant: 0123456789 👩‍🎓",
)
TEMPLATE: Final = (
    "{% for message in messages %}"
    "<|turn|>{{ message['role'] }}\n{{ message['content'] }}<|end|>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
)
CONTEXT: Final = 256


def make_tiny_model(folder: Path, context: int = CONTEXT) -> Path:
    """Write a Llama-type model of about 100,000 random parameters as a Hugging Face folder."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _tokenizer()
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=context,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=True,
        initializer_range=0.15,
    )
    folder.mkdir(parents=True, exist_ok=True)
    LlamaForCausalLM(config).save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    special = ["<pad>", "<s>", "</s>", "<|turn|>", "<|end|>"]
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(SENTENCES, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=raw,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        extra_special_tokens=["<|turn|>", "<|end|>"],
        chat_template=TEMPLATE,
    )


if __name__ == "__main__":
    make_tiny_model(Path(sys.argv[1]))
