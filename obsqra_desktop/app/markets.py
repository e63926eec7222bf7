"""Wires what is read from contracts: pool metrics, verdicts of the verifier, Integrity's facts."""

from obsqra_desktop.app.chains import Chains
from obsqra_desktop.app.ground import Ground, unix_time
from obsqra_desktop.app.proofs import Proofs
from obsqra_desktop.chain.reader import StarknetMarket
from obsqra_desktop.services.contract_check import ContractCheckService
from obsqra_desktop.services.integrity import IntegrityService
from obsqra_desktop.services.market.service import MarketService
from obsqra_desktop.services.onchain import OnChainService
from obsqra_desktop.services.verifier_contract import VerifierContractService
from obsqra_desktop.storage.market import MarketFile
from obsqra_desktop.storage.venues import VenuesFolder


class Markets:
    """The services that ask contracts and send nothing, and the one that puts a verifier there."""

    def __init__(self, ground: Ground, proofs: Proofs, chains: Chains) -> None:
        reading = StarknetMarket(chains.chain, chains.rpc)
        networks, facts = chains.networks, chains.classes.facts
        self.market = MarketService(
            networks,
            reading,
            MarketFile(ground.folder),
            VenuesFolder(ground.folder),
            unix_time,
            chains.practice_market.make_for_page,
        )
        self.onchain = OnChainService(networks, reading, facts, chains.crypto.contract_address)
        self.contract_check = ContractCheckService(
            proofs.decisions, proofs.bundles, proofs.prover, self.onchain
        )
        self.verifier_contract = VerifierContractService(
            networks, chains.chain, self.onchain, chains.sending, facts
        )
        self.integrity = IntegrityService(networks, reading)
