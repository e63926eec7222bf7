// An independent client: answers questions on standard input with starknet.js.
import { CallData, RpcProvider, ec, getChecksumAddress, hash, transaction } from "starknet";

const MODE = 0; // data availability on L1

function bounds(given) {
  const one = (name) => ({
    max_amount: BigInt(given[name].max_amount),
    max_price_per_unit: BigInt(given[name].max_price),
  });
  return { l1_gas: one("l1_gas"), l2_gas: one("l2_gas"), l1_data_gas: one("l1_data_gas") };
}

function common(one) {
  return {
    version: "0x3",
    chainId: one.chain,
    nonce: one.nonce,
    nonceDataAvailabilityMode: MODE,
    feeDataAvailabilityMode: MODE,
    resourceBounds: bounds(one.bounds),
    tip: BigInt(one.tip),
    paymasterData: [],
  };
}

const answers = {
  address: (one) =>
    hash.calculateContractAddressFromHash(one.salt, one.class_hash, one.calldata, 0),
  checksum: (one) => getChecksumAddress(one.address),
  selector: (one) => hash.getSelectorFromName(one.name),
  public_key: (one) => ec.starkCurve.getStarkKey(one.private_key),
  execute: (one) =>
    transaction.getExecuteCalldata(
      one.calls.map((call) => ({
        contractAddress: call.to,
        entrypoint: call.entry_point,
        calldata: call.calldata,
      })),
      "1",
    ).map((felt) => "0x" + BigInt(felt).toString(16)),
  invoke_hash: (one) =>
    hash.calculateInvokeTransactionHash({
      senderAddress: one.sender,
      compiledCalldata: CallData.compile(one.calldata),
      accountDeploymentData: [],
      ...common(one),
    }),
  deploy_hash: (one) =>
    hash.calculateDeployAccountTransactionHash({
      contractAddress: one.sender,
      classHash: one.class_hash,
      compiledConstructorCalldata: CallData.compile(one.calldata),
      constructorCalldata: CallData.compile(one.calldata),
      salt: one.salt,
      ...common(one),
    }),
  declare_hash: (one) =>
    hash.calculateDeclareTransactionHash({
      classHash: one.class_hash,
      senderAddress: one.sender,
      compiledClassHash: one.compiled_class_hash,
      accountDeploymentData: [],
      ...common(one),
    }),
  verifies: (one) =>
    ec.starkCurve.verify(
      new ec.starkCurve.Signature(BigInt(one.r), BigInt(one.s)),
      one.hash.replace(/^0x/, "").padStart(64, "0"),
      ec.starkCurve.getPublicKey(one.private_key.replace(/^0x/, "").padStart(64, "0")),
    ),
  sign: (one) => {
    const { r, s } = ec.starkCurve.sign(
      one.hash.replace(/^0x/, "").padStart(64, "0"),
      one.private_key.replace(/^0x/, "").padStart(64, "0"),
    );
    return [r, s];
  },
  balance: async (one) => {
    const answer = await new RpcProvider({ nodeUrl: one.url }).callContract(
      {
        contractAddress: one.token,
        entrypoint: "balanceOf",
        calldata: [one.address],
      },
      "latest",
    );
    return (BigInt(answer[0]) + (BigInt(answer[1]) << 128n)).toString();
  },
  nonce: async (one) =>
    new RpcProvider({ nodeUrl: one.url }).getNonceForAddress(one.address, "latest"),
  chain_id: async (one) => new RpcProvider({ nodeUrl: one.url }).getChainId(),
  transaction: async (one) => {
    const provider = new RpcProvider({ nodeUrl: one.url });
    const found = await provider.getTransactionByHash(one.hash);
    const receipt = await provider.getTransactionReceipt(one.hash);
    return {
      hash: found.transaction_hash,
      sender: found.sender_address ?? null,
      nonce: found.nonce,
      calldata: found.calldata ?? found.constructor_calldata,
      fee: BigInt(receipt.actual_fee.amount).toString(),
      status: receipt.execution_status,
    };
  },
};

let text = "";
for await (const chunk of process.stdin) text += chunk;
const results = [];
for (const one of JSON.parse(text)) results.push(await answers[one.ask](one));
process.stdout.write(
  JSON.stringify(results, (_key, value) =>
    typeof value === "bigint" ? "0x" + value.toString(16) : value,
  ),
);
