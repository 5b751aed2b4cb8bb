"""The reader's network in torch, as it is trained."""

from pathlib import Path

import torch
from torch import nn
from transformers import BertModel


class Network(nn.Module):
    """The encoder's layers with two heads: does the passage answer, and where do the words that answer start and end."""

    def __init__(self, encoder: Path, layers: int):
        super().__init__()
        self.bert = BertModel.from_pretrained(
            encoder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.bert.encoder.layer = self.bert.encoder.layer[:layers]
        for name in ("word_embeddings", "position_embeddings"):  # shared with the encoder, so not shipped again
            getattr(self.bert.embeddings, name).weight.requires_grad = False
        size = self.bert.config.hidden_size
        self.dense, self.answer, self.span = nn.Linear(size, size), nn.Linear(size, 1), nn.Linear(size, 2)

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The log odds that each passage answers, shape (batch,), and the start and end logits, (batch, tokens, 2)."""
        states = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        return self.answer(nn.functional.gelu(self.dense(states[:, 0]))).squeeze(-1).float(), self.span(states).float()
