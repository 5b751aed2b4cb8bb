"""Which encoder: numpy, which starts in a fraction of a second, or sentence-transformers in a subprocess.

Numpy (`bert.py`) encodes questions and a handful of changed passages. The subprocess (`worker_encoder.py`) encodes many
passages, and all texts for a model that numpy does not cover.
"""

from qa_bot.errors import ModelError
from qa_bot.models.bert import BertEncoder, Unsupported
from qa_bot.models.encoder import Encoder
from qa_bot.models.finding import Model
from qa_bot.models.worker_encoder import WorkerEncoder

FEW_CHARACTERS = 100_000
"""Up to this much text, numpy is done before torch is even imported (some 5 s on two cores)."""


def question_encoder(model: Model) -> Encoder:
    """The encoder that starts at once: numpy, or a subprocess where numpy does not cover the model.

    Raises ModelError where the model's files are damaged.
    """
    if model.folder is not None:
        try:
            return BertEncoder.load(model.folder)
        except Unsupported:
            pass
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"the model {model.name} cannot be read ({error}); reinstall it or choose another with --model"
            ) from error
    return worker_encoder(model)


def passage_encoder(model: Model, characters: int) -> Encoder:
    """The encoder that takes the least time for a text of this many characters."""
    return question_encoder(model) if characters <= FEW_CHARACTERS else worker_encoder(model)


def worker_encoder(model: Model) -> WorkerEncoder:
    """A subprocess that loads the model from its folder, or by its name where the folder is not known."""
    return WorkerEncoder(model.name if model.folder is None else str(model.folder))


def fetched(model: Model) -> Model:
    """The model with its folder known; a model that is not on this machine is downloaded first.

    The folder must be known because the model's fingerprint is made from its files. Raises ModelError.
    """
    if model.folder is not None:
        return model
    worker = worker_encoder(model)
    try:
        worker.wait_until_loaded()
    finally:
        worker.close()
    return Model.find(model.name)
