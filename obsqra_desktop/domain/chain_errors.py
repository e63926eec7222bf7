"""What can go wrong between this computer and a chain. Each says what is safe now."""

from obsqra_desktop.domain.errors import AppError


class Offline(AppError):  # noqa: N818 - the name says what happened
    """Offline mode is on, or the network has no node."""

    code = "offline"
    title = "Not connected"


class NodeUnreachable(AppError):  # noqa: N818 - the name says what happened
    """No answer: refused, timed out, TLS failed, connection cut."""

    code = "node_unreachable"
    title = "The node did not answer"
    retryable = True


class ProxyUnreachable(NodeUnreachable):
    """The proxy did not answer. Nothing goes past it."""

    code = "proxy_unreachable"
    title = "The proxy did not answer"


class NodeBusy(NodeUnreachable):
    """HTTP 429 or 5xx; `retry_after` is the seconds that the node asks for, if it does."""

    code = "node_busy"
    title = "The node is busy"
    retry_after: float | None = None


class NodeAnswerInvalid(AppError):  # noqa: N818 - the name says what happened
    """The reply is too large, cut, not JSON, or not of the form that the specification gives."""

    code = "node_answer_invalid"
    title = "The node's answer makes no sense"


class HttpRefused(NodeAnswerInvalid):
    """An HTTP status of refusal and no JSON-RPC answer."""

    code = "http_refused"
    title = "The node refused the request"


class BatchRefused(HttpRefused):
    """The node does not take many questions in one request."""

    code = "batch_refused"
    title = "The node takes one question at a time"


class NodeRefused(AppError):  # noqa: N818 - the name says what happened
    """A JSON-RPC error; `rpc_code` and `rpc_data` are the node's own words."""

    code = "node_refused"
    title = "The node refused"

    def __init__(
        self,
        detail: str,
        *,
        rpc_code: int,
        rpc_data: str = "",
        rpc_message: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(detail, hint=hint)
        self.rpc_code = rpc_code
        self.rpc_message = rpc_message
        self.rpc_data = rpc_data


class NodeUnfit(AppError):  # noqa: N818 - the name says what happened
    """Preflight failed: specification, block age, archive depth."""

    code = "node_unfit"
    title = "This node cannot be used"


class NodeGone(NodeUnfit):
    """HTTP 410: whoever ran the node has given this address up."""

    code = "node_gone"
    title = "This node is gone"


class WrongChain(NodeUnfit):
    """The node is on another chain than the network that was chosen."""

    code = "wrong_chain"
    title = "The node is on another chain"


class NodesDisagree(NodeUnfit):
    """The second node tells something else than the first."""

    code = "nodes_disagree"
    title = "Two nodes tell different things"


class OverLimit(AppError):  # noqa: N818 - the name says what happened
    """The transaction breaks a limit of the network that nodes would refuse later."""

    code = "over_limit"
    title = "The transaction is too large"


class NetworkTooOld(AppError):  # noqa: N818 - the name says what happened
    """The network's version does not take classes of this compiler yet."""

    code = "network_too_old"
    title = "The network does not take this class yet"


class OverCap(AppError):  # noqa: N818 - the name says what happened
    """A cap that the user has set would be passed."""

    code = "over_cap"
    title = "Above your limit"


class NotEnough(AppError):  # noqa: N818 - the name says what happened
    """The balance does not cover amount and highest fee."""

    code = "not_enough"
    title = "Not enough funds"


class WouldFail(AppError):  # noqa: N818 - the name says what happened
    """The simulation ended in a revert."""

    code = "would_fail"
    title = "The transaction would fail"


class PlanChanged(AppError):  # noqa: N818 - the name says what happened
    """What would happen now is not what was shown and confirmed."""

    code = "plan_changed"
    title = "Something changed since you looked"
    retryable = True


class SendUncertain(AppError):  # noqa: N818 - the name says what happened
    """It is not known whether the node took the transaction; the journal keeps it."""

    code = "send_uncertain"
    title = "It is not known whether the transaction arrived"
    retryable = True


class AccountBusy(AppError):  # noqa: N818 - the name says what happened
    """An earlier transaction of the account is not settled, or another process sends with it."""

    code = "account_busy"
    title = "The account has a transaction under way"
    retryable = True


class VaultLocked(AppError):  # noqa: N818 - the name says what happened
    """The passphrase is needed, or the system's keyring did not answer."""

    code = "vault_locked"
    title = "The keys are locked"
    retryable = True


class PassphraseNeeded(AppError):  # noqa: N818 - the name says what happened
    """A file wants a passphrase, and there is nobody to ask."""

    code = "passphrase_needed"
    title = "A passphrase is needed"
    retryable = True


class WrongPassphrase(AppError):  # noqa: N818 - the name says what happened
    """The passphrase does not open the vault or the keystore."""

    code = "wrong_passphrase"
    title = "That is not the passphrase"
    retryable = True


class PublicKeyRefused(AppError):  # noqa: N818 - the name says what happened
    """The key is publicly known, as those of practice chains are."""

    code = "public_key_refused"
    title = "This key is public knowledge"


class WatchOnly(AppError):  # noqa: N818 - the name says what happened
    """The address is only watched: there is no key for it here."""

    code = "watch_only"
    title = "This address is only watched"


class PracticeChainDown(AppError):  # noqa: N818 - the name says what happened
    """The practice chain does not run, or its process has ended."""

    code = "practice_down"
    title = "The practice chain is not running"
    retryable = True
