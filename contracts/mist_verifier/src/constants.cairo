//! Written by tests/devtools/pairing.

use core::circuit::u384;

/// The prime of the curve's field.
pub const P: u256 = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

/// The order of the groups.
pub const R: u256 = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// 6x + 2 after its leading 1, the highest digit first; 2 is -1.
pub const LOOP: [felt252; 65] = [
    0, 2, 0, 1, 0, 0, 0, 2, 0, 2, 0, 0, 0, 2, 0, 1, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0,
    1, 0, 0, 2, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 2, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0, 0, 2, 0, 1, 0, 1,
    0, 0, 0,
];

/// The power that the chain of x starts with, by its place.
pub const CHAIN_START: u32 = 0;

/// How often each step of the chain squares.
pub const CHAIN_SQUARINGS: [u32; 13] = [
    6, 5, 4, 5, 4, 4, 4, 5, 5, 4, 7, 5, 4,
];

/// What each then multiplies with: 1 + the place in a, a³, a⁵, a⁷, 1/a, …; 0 is nothing.
pub const CHAIN_POWERS: [u32; 13] = [
    3, 6, 2, 3, 7, 6, 1, 3, 4, 8, 3, 5, 1,
];

/// e(α, β).
pub const ALPHA_BETA: [u384; 12] = [
    u384 { limb0: 0xc86fa18b45c33aae802a0337, limb1: 0x147602a4d43c7d773d41ced5, limb2: 0x2e6ebb65a8d950ad, limb3: 0x0 },
    u384 { limb0: 0xe1d9b10aad54506f9a135d20, limb1: 0x79aba8d901c8b8e5c785d149, limb2: 0x2b0b58ce0ae47131, limb3: 0x0 },
    u384 { limb0: 0x65da9249a4c3c71f2010558e, limb1: 0xa8e8683af237c9230d5054f6, limb2: 0x1703bc344208d2db, limb3: 0x0 },
    u384 { limb0: 0x1985ae7210f1bdfdaf4ef6ce, limb1: 0x735e65b40ebdfb38618d8421, limb2: 0x191403574ba73ed0, limb3: 0x0 },
    u384 { limb0: 0xecb6bbd66e16b548cb9759c6, limb1: 0x1def17cee3c1e5fbc65f9b59, limb2: 0x27aa0b566275e227, limb3: 0x0 },
    u384 { limb0: 0xdae161ce08e288e48b7e71ca, limb1: 0xc1f9ce4924564d672db80e16, limb2: 0x28e5fd59db3aed72, limb3: 0x0 },
    u384 { limb0: 0x3cc0b7f0e2b862ca7d7dd176, limb1: 0x4ee277907c2da3bea0caf65a, limb2: 0x1ac25bb4ab66e4d4, limb3: 0x0 },
    u384 { limb0: 0x700124d063abeb08f89ac0f8, limb1: 0xf4b41a472e95eef13eb909e0, limb2: 0x1a664b1cd9780a91, limb3: 0x0 },
    u384 { limb0: 0x3a2c203d2d5c41ed9afa78e9, limb1: 0xd826d9d651f9080bb91cf00, limb2: 0x29928f711da05cc1, limb3: 0x0 },
    u384 { limb0: 0x8a786585ee0a3f021d85ff33, limb1: 0xd5bdd88b54ce717427f32397, limb2: 0x2e2e28f94b339ac2, limb3: 0x0 },
    u384 { limb0: 0xeeb536c1d1bf81f6f0c9d426, limb1: 0x8f45da20f8d7c1afb73887df, limb2: 0x75f7740bfc377f8, limb3: 0x0 },
    u384 { limb0: 0x8e4a22912511048032be988c, limb1: 0x974d9eb32998825e72376ece, limb2: 0x16d06d8302d4f0cd, limb3: 0x0 },
];

/// What the sum over the public inputs starts with.
pub const START: [u384; 2] = [
    u384 { limb0: 0xdacdca420999f03b09165c62, limb1: 0xb345012f209add2d91bf9479, limb2: 0x2924547a4f5ad12e, limb3: 0x0 },
    u384 { limb0: 0xbc9d94fff97127ad7625402e, limb1: 0xb9f0a032ca007d7dfac75d88, limb2: 0xc44cd4dab327c4b, limb3: 0x0 },
];

/// What takes start and offsets away again and adds the point of the constant.
pub const CORRECTION: [u384; 2] = [
    u384 { limb0: 0x85ecd2798f147cdea7433ccc, limb1: 0x3a3bac6578e9386761f21791, limb2: 0x14bee0f03defdc76, limb3: 0x0 },
    u384 { limb0: 0x8542f5a071e4d3cb1bb8900a, limb1: 0x2de612ca52c457550edc735b, limb2: 0x254a07d331cb3900, limb3: 0x0 },
];

/// At x + 4y + 16z an offset + x·IC1 + y·IC2 + z·IC3.
pub const TABLE_0: [[u384; 2]; 64] = [
    [
        u384 { limb0: 0x28fcc8a3b2284baec83f3403, limb1: 0x469a7e9e591924c93a591c9d, limb2: 0x14155b64091ccdb8, limb3: 0x0 },
        u384 { limb0: 0x535c0ff3d02cd55c8fad3e72, limb1: 0xc2116622cabe16578df4914f, limb2: 0xab7d690ee7fd209, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1b16c0d30166eb7969e864d8, limb1: 0xc8fbdf7fd5113b58f47e5f54, limb2: 0x2edab2c2b52d79c0, limb3: 0x0 },
        u384 { limb0: 0x9e6871d1612107558d2b323e, limb1: 0x5eca5f76bc3243347cd46a29, limb2: 0x18a8cfc63b77874b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3d1b10e60dd1b6ef2ee2245d, limb1: 0x3d8f918b8da6907438465f3, limb2: 0x16b4ed3251678c5a, limb3: 0x0 },
        u384 { limb0: 0x2464468c001830b01852b412, limb1: 0x568510adaa06e163c0218ece, limb2: 0x1bbf1f1071e81ff8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9f1a56483b9dca0cdde61292, limb1: 0xdc05557e08c8e67289a676fc, limb2: 0x2efde49b48737b4, limb3: 0x0 },
        u384 { limb0: 0x6a4a26d8e68e837e79bc1d74, limb1: 0x38c5392f47bee3e40aa84fcc, limb2: 0x2ee820a339d91178, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xadaee76bd59a49220d0c7f88, limb1: 0x7c4d2ae9fe6e95d2dc5afdd0, limb2: 0x10a73d583ff65183, limb3: 0x0 },
        u384 { limb0: 0x25aa6775adb00627eb815c69, limb1: 0x9fe44315f7ac036cf8b53aa5, limb2: 0x305b76b50ee344ea, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcafa68923d52d4e4b4e665cb, limb1: 0x747d63196c81cd769904e95b, limb2: 0xce6df65827741b7, limb3: 0x0 },
        u384 { limb0: 0x1c1ed2d0ff5395ee74872f61, limb1: 0x2e206c43ae835ba50d598732, limb2: 0x2ee290b3906c425c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdd7573e09574c8234a8ea736, limb1: 0x5b5728a1b9c9bcedaf6bdcab, limb2: 0x2b31ce288929f6e5, limb3: 0x0 },
        u384 { limb0: 0x6f0eab1010605668616e9218, limb1: 0x6a8aae08510cb4ed615d9677, limb2: 0x9c8bfa4f46cd5e6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x259b6b408fdee03e79fc6761, limb1: 0xb31a648bad94247df0ea789d, limb2: 0x26b7cd641679d3f, limb3: 0x0 },
        u384 { limb0: 0x20de7beb7f098d11fca4962a, limb1: 0x3caadb184a4957f003da2952, limb2: 0x92000a61327f625, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x846f258d96c322df6a62c92b, limb1: 0x44b83fb60102ff9021729a9a, limb2: 0x3e29d30aa10d440, limb3: 0x0 },
        u384 { limb0: 0xdc913139b547acb485357b8a, limb1: 0x44c9588a15660cc2e703091, limb2: 0xed9ee4d998fe913, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x109a7fe1163f9a8516ca4c41, limb1: 0xbd06a194c5e4ce926476d2e2, limb2: 0x1d69c0284503ce9, limb3: 0x0 },
        u384 { limb0: 0x5e937ef67443a43ecba58535, limb1: 0x2f408189ff82dcc2872d78c, limb2: 0xba1e4545e56067, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xce0975e9c11bf7e4f9fdf5d, limb1: 0xe852e1ee90d33e1d8a599c1f, limb2: 0xd25bdd4db79b318, limb3: 0x0 },
        u384 { limb0: 0xffc883a225b1a9de854a3d6f, limb1: 0x739f105fbbf69369baf6db5, limb2: 0x2661c5b7220e37d1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5ae4342b55ef310fa1cf0401, limb1: 0x74fb3a6e582565d4aa87babf, limb2: 0xdac4da22e7330b5, limb3: 0x0 },
        u384 { limb0: 0x22f9a5c53de8f7ba8477170d, limb1: 0x77c32762f513162241d07a2, limb2: 0x179fce4691feb86e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x28895534ca53101f84290a85, limb1: 0xa6caf4ce4c2c0e5cb8b8c582, limb2: 0x2847d72637c61200, limb3: 0x0 },
        u384 { limb0: 0x249b953ad4cc043a265cfe1b, limb1: 0xc17e7dfc77320018d34580a6, limb2: 0xe9fa0b0951a3e9d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe47f9a042138cf7eddba19fa, limb1: 0xf5e87308b00b5245dbfe7538, limb2: 0x152fa0303a14aa6e, limb3: 0x0 },
        u384 { limb0: 0xcf9da6a927fcdcdbf41944ec, limb1: 0x8b43993f8012181fefc4b4d1, limb2: 0x2f95caa64d3473d3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9ad16b4dcc98e7200b2ea55f, limb1: 0x7c80a81a5cbd7be5ecbe1a3a, limb2: 0x131e79e471478b22, limb3: 0x0 },
        u384 { limb0: 0xfd2947e217aef1b2ea071ff8, limb1: 0x800aef054686ce2b7299078e, limb2: 0xa8e0b843f66e952, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdf564d8cb17667830400ce31, limb1: 0x1256b72deb00ed7fa863d9d2, limb2: 0x2e48e9342839d685, limb3: 0x0 },
        u384 { limb0: 0x46bfd536411d8c347c9cd013, limb1: 0xe7cd4fe1681694a05a1ec7a1, limb2: 0x840cc0d1f847a03, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x749b8ac72cd8d48363597681, limb1: 0xa891d96c9e971ea9b529a649, limb2: 0x28353048749bbd3a, limb3: 0x0 },
        u384 { limb0: 0x5c354201df636d2b405d4524, limb1: 0x1180980492359807b086b99b, limb2: 0x5f57c6a3d8e1fed, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd7b50cc6322f0ea112fb24bc, limb1: 0xc473f268b83d47428a6a1d91, limb2: 0xa1df6800d5a33b3, limb3: 0x0 },
        u384 { limb0: 0x5d285774ea935c07ffdaf401, limb1: 0xa0df73d5704e614bae140dec, limb2: 0x2272a1677f04adbd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1bf65f2b65c1b771170be78e, limb1: 0x6979b20151231ac26a172fbf, limb2: 0x14262a7f01a5d383, limb3: 0x0 },
        u384 { limb0: 0x653f9785d236535537205126, limb1: 0xdea5d8c0e2dd7c893d534026, limb2: 0x2768470576e4bfe9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x82ecc408cab5ce7688d78af2, limb1: 0x7f02fc65c4ecd62406e9faad, limb2: 0x1e382d14d703642f, limb3: 0x0 },
        u384 { limb0: 0xefdd6a01414e4714a5fab54c, limb1: 0x5f58f4d0b9e123ab715f88ca, limb2: 0x14beb11c80ea07e9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4a5fb20c85b6cb8312a63cb8, limb1: 0x7a9eaec73f99df1eeb87d6c2, limb2: 0x4350408bd342614, limb3: 0x0 },
        u384 { limb0: 0x869c8855a0dd3cb413c58179, limb1: 0xd7bab6e9c7c254dfbd9614ad, limb2: 0x609a2eb15125dca, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbe24758535f0c5a4d44bf8c3, limb1: 0x27fc53549c3b1cd3a29b4371, limb2: 0x189fb0d16535ee12, limb3: 0x0 },
        u384 { limb0: 0x5697ab074cd0de267e057f5a, limb1: 0x42bf295a697d1fd121e3dabc, limb2: 0x6f73c5f07d3b07d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1faa6ad8c6cdc48fc68c4a6, limb1: 0xc40ee8254ae9d6bc61178b41, limb2: 0x25ea68ad866fa740, limb3: 0x0 },
        u384 { limb0: 0xd7262366de85dc976012680c, limb1: 0x2992ba874f63bed230a1ad66, limb2: 0x2ee5d64a636c6850, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbcfcf9cb950862781c21d872, limb1: 0xfb545c9598fb4dfcbb36dc90, limb2: 0x123422ba5f17eae5, limb3: 0x0 },
        u384 { limb0: 0x14c3a2cd5490fc3e6ac73d6, limb1: 0x477c70d9ecaef5d5390672dd, limb2: 0x2dff488439f11fc2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbae36cbb6bc4457749ad0603, limb1: 0xdabb8c5462587e543a2d9eb4, limb2: 0xf5f67bf8669804, limb3: 0x0 },
        u384 { limb0: 0xced92db507ffaad59c9d98e7, limb1: 0x9cef83c4764a3dea58f916a9, limb2: 0x2648a089dbd19acd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7d573fea87c73a14eb675667, limb1: 0xfc81bbe7100d5cb7aa8f80b9, limb2: 0x9e16bf773194582, limb3: 0x0 },
        u384 { limb0: 0x92fd03295c0f1a4ac44ab15b, limb1: 0x5c53268a6bffaf1dd8e9ff04, limb2: 0x217cd8c819eac13d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xaffb2b8fd321e1da37c5caa1, limb1: 0xa1cef65f1f028766041faccd, limb2: 0x19e396ebeb0b638a, limb3: 0x0 },
        u384 { limb0: 0xb0a25fb073b89d6b01e3c411, limb1: 0xe1f602538f9d726f5e1a8230, limb2: 0x2b5187fea0af6442, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf08c6804f403a511b45a1502, limb1: 0xf6b8469bacc1bc5f46fa385d, limb2: 0xb8a2cee3cd1b7d3, limb3: 0x0 },
        u384 { limb0: 0x3ed93c55511c2f6072700032, limb1: 0x7b819aeb9342c734e5c30172, limb2: 0x2e8a71e9ec0d85bb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xeac8c9f3a8ed14fbd1724d0f, limb1: 0x43cd4e5a228511b8163d0620, limb2: 0x2f06cbeb79a9593e, limb3: 0x0 },
        u384 { limb0: 0x886227881862e77a9b43492a, limb1: 0xdaff71c7184dd40c9f51d017, limb2: 0x21b63f77628c821d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x740404b44142fdcf1c879af9, limb1: 0x6f8217601bbab425b6ac5eb5, limb2: 0x1d04234dc4d3e3b8, limb3: 0x0 },
        u384 { limb0: 0x33478c5198cc1c49449df09f, limb1: 0xf1f7a6496df9ef21693deea8, limb2: 0x21aa9d595c8db56d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa270c8ad7a528b1ff6e2b656, limb1: 0xc76eb6af18b869a1a70c8016, limb2: 0x201e3c581a26e8f5, limb3: 0x0 },
        u384 { limb0: 0x18e513f4bc3d2faa6fea01aa, limb1: 0x29edfd88399e6a3495c3b56b, limb2: 0x48d9a5d39962bf8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3f01439918ee44e7ca27fd4c, limb1: 0xbe3d725334bbc2407f4bf2d0, limb2: 0x1205f4bfa59d3b2, limb3: 0x0 },
        u384 { limb0: 0x1d277d4f4a0acfa331ac2cd7, limb1: 0x121b45168f94aa0215ced992, limb2: 0x23ea68b5d23c0030, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x70613293eb805a647c6827f4, limb1: 0x7549d82cc08ad7c65e271386, limb2: 0x1e1b548ad98108e8, limb3: 0x0 },
        u384 { limb0: 0xa64a1e6a60734620040e9162, limb1: 0xebeb35d9042e57a01903ba8a, limb2: 0x29ebe0077b84580d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf7a0b92049ebfcb6a8fafda6, limb1: 0x649523be4b43b1951668975f, limb2: 0x2fa9541f64dfdafb, limb3: 0x0 },
        u384 { limb0: 0x98d3098a61f474786c00cfb4, limb1: 0xbc24a559ff9c24a71064e9a6, limb2: 0x6145908627509d7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfd8962f09fc93b4b0b0f4e29, limb1: 0xbea90fc540464c758105c075, limb2: 0x2635b40f7bc51188, limb3: 0x0 },
        u384 { limb0: 0xf05538425b189c26948fbfe5, limb1: 0x5c359dbe86e9e4dda4463c3a, limb2: 0xc02d678ebbe25be, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6b8756fc1931410c375bd5cc, limb1: 0x64a33216ceca4a38b2f62d69, limb2: 0x28ac77994b13add8, limb3: 0x0 },
        u384 { limb0: 0x2a836f05cc21dfcbf75aa9db, limb1: 0x2ed79bbb3ccd6dfde0c52ae7, limb2: 0x18f07ae208a56378, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5ec9ab8ddaf3f70d2ef23b86, limb1: 0x4f9bd178e0335cd6e6f71762, limb2: 0xf1888369d26abb7, limb3: 0x0 },
        u384 { limb0: 0x7e627be9f0f3c80062912d1d, limb1: 0xfb4de9eb6b36332bc93dbe6c, limb2: 0x22d568c4829d320c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x315f36418fa25d7fd5abcacf, limb1: 0x193fd0493361687c34c64940, limb2: 0x4f91f82f340c15b, limb3: 0x0 },
        u384 { limb0: 0x8fb508f0b9d2d5bd16b5bb5c, limb1: 0x8f251b2b73853aea8d4a25ba, limb2: 0x28960298b55e0ad6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa1d0071beaaffdafa3811dfe, limb1: 0x7cd2ebe06d75405145229096, limb2: 0x20f2c8581d92ceff, limb3: 0x0 },
        u384 { limb0: 0xce718c7580b38d49ed137e27, limb1: 0x36150b55db6c6cd965243922, limb2: 0xb25cedc5b79f5f6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8c3966f1c160c0adeab41616, limb1: 0x849b1da774ad26a5993f51cf, limb2: 0x25f04275b5e0c9d3, limb3: 0x0 },
        u384 { limb0: 0x5c8398bebc913c0034a967d6, limb1: 0x63d5e198bbba8a4127d041f4, limb2: 0x398c5437ea69a6a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x671a41950bfb06749985846b, limb1: 0x45a92fae12c09e257dfda96f, limb2: 0x75b1135bccbb4c0, limb3: 0x0 },
        u384 { limb0: 0xc779dcac376bf7b0c9bdea2e, limb1: 0x6135286361f20f6c2deb6ebb, limb2: 0xe3a7950adb11256, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3977e13b0ace2018c949d20c, limb1: 0xa9d5a6fd9d3a63e56e7d58de, limb2: 0xf4ea7c9bd1baa38, limb3: 0x0 },
        u384 { limb0: 0x40f9f2a1bfcf1dd47cfdbb94, limb1: 0xaaa68303e627711c053c04c7, limb2: 0xdf9fff0197bd0dc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc1a4de0b3e9c91271bee11b, limb1: 0x4534f161f586ea3fac035b32, limb2: 0xd58fe79cade852a, limb3: 0x0 },
        u384 { limb0: 0x33643d779f1afed112fc7027, limb1: 0x5a0446ebeea8abf3c004336b, limb2: 0x119e16d3b8f210af, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf4ad979d0479200475ccb338, limb1: 0x803f43473beee0ff6c931aed, limb2: 0xb31ac7a0652ec2c, limb3: 0x0 },
        u384 { limb0: 0x6c249492f0fe77a27d09f0f7, limb1: 0x9b88ea0414136e1224ea19f8, limb2: 0x23d248407f714af0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1eb4cd7a303ddb1ccbf189fe, limb1: 0x27d71d9ff3292bb809f3fb8d, limb2: 0x14401e5328f7d7a3, limb3: 0x0 },
        u384 { limb0: 0x4c1c5ea2104b73707200dc69, limb1: 0xd15973a052cdb9c4f73d4b13, limb2: 0x265d2576ea9af9e8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3e5d8c6337a4aafcde57f5fd, limb1: 0x48670d9dd33c11646a6e8033, limb2: 0x2e1ee80142af94ec, limb3: 0x0 },
        u384 { limb0: 0x521ded1838b46a0604e64af0, limb1: 0x7a6cfca7cfa8bb7b2784f679, limb2: 0x962e1f1ff472c22, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8163db2a28e730bfd85e7ed, limb1: 0x60607324e5916b5bf9660a2d, limb2: 0x1cdceeff4fff9cd0, limb3: 0x0 },
        u384 { limb0: 0xf34261bd130c03aefefbc3ea, limb1: 0xadc4f9045ce4806ef83f45b1, limb2: 0x2e86c81f50f7bbd4, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x27a5bb607f873cd382cb1a89, limb1: 0x72bb7dfc2fd7e8c0ba95170b, limb2: 0x17dd0c20c788a61c, limb3: 0x0 },
        u384 { limb0: 0xe7abecd98d5c14e27ded7584, limb1: 0x407e1373a24df582c8b495eb, limb2: 0xe04779e3f9f9d02, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe58931088d869af68213ca77, limb1: 0xe41be7a970eeeb6b65434ee5, limb2: 0xa7bfec534eeeac5, limb3: 0x0 },
        u384 { limb0: 0xf33a7755b4fdadfa8f764c3, limb1: 0x5063b3c07a2612e5e8dca3c6, limb2: 0xc3323a81c5f8902, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa1d2b8b558c7b27f08044b13, limb1: 0x5a5b01299ddac1a114716912, limb2: 0xb60f0a04b7f5eba, limb3: 0x0 },
        u384 { limb0: 0xef572a11ad8c585bbee744c8, limb1: 0xfe9e683ed6fffac8a29ba12, limb2: 0x2738327b43ca8b5c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x628c1b83e720a7aed20b48a7, limb1: 0xd3fec724ebe83480793bd856, limb2: 0x1345d8ebb3bfc699, limb3: 0x0 },
        u384 { limb0: 0xfec15fd95f10f5b0e25aceee, limb1: 0x6b724d0c9f6f351a5c66bbfc, limb2: 0x1708fbcab548c32c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x72cd85bd203652e3305350f3, limb1: 0x8a3023417cc386a73a094cb4, limb2: 0x29c01526bb7efd3b, limb3: 0x0 },
        u384 { limb0: 0xb74354beda8a681e3ae0bd02, limb1: 0xa4c4a701729489007d27387d, limb2: 0x267adb9dea767da8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xee17d0e302593adbc17c8cea, limb1: 0x1b9ef96a892b40964e1f078c, limb2: 0x15a6791eee1b8b2, limb3: 0x0 },
        u384 { limb0: 0xb919697d1dba2699d3da3ca4, limb1: 0xad4c0eab2aaac45312f90263, limb2: 0x1454a8d5973e95b4, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x610d8e3c786955c982afb4c0, limb1: 0xe8112a3c0f8f8949360e1ff2, limb2: 0x16ccef7595fc8c90, limb3: 0x0 },
        u384 { limb0: 0x71253c815acaf579fffd4a89, limb1: 0x77d29c1b45e868a10852d929, limb2: 0x2ff34404533c571d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6b88f17980bf9fad1f03f02f, limb1: 0xc99dadcf5c3dfa9ee6ea47d5, limb2: 0x81229ce06ba480, limb3: 0x0 },
        u384 { limb0: 0xa5612a91e0a87fb367c28a95, limb1: 0xe9ff66497a79c33f60525693, limb2: 0xf5ed9e895512f7f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb9abfa2c3029fd78ba97ed4f, limb1: 0xfea790420e97bc5d00478de2, limb2: 0x21adcf92642f6c41, limb3: 0x0 },
        u384 { limb0: 0x3d10a0f4a27d4095a71aec2f, limb1: 0x624defd756d47197b13f0226, limb2: 0x2ea6a97eb3362501, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9596daf49eb348c4c30be369, limb1: 0x57737917c9f5443f111577a3, limb2: 0x1b0a249a30e922be, limb3: 0x0 },
        u384 { limb0: 0xe0454850738cb16a2adba26b, limb1: 0x67d5f14538a8e5e34bc081c8, limb2: 0x1f5a8d6ff3f6f103, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7b48d519f07e8d2635557b89, limb1: 0xe399447be494b20920c0b22, limb2: 0x27a168e09bad7613, limb3: 0x0 },
        u384 { limb0: 0x2200f0016dd4cb9ea48ed5bd, limb1: 0xf08ee6e4aca68d3362b2c17a, limb2: 0x2000d69dc2c6ecd8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1eaa03c9eb4c5bbeece9d128, limb1: 0xb23444d0e8615008610c3078, limb2: 0x18be255b090fc935, limb3: 0x0 },
        u384 { limb0: 0x88f870d0b2bd8bfd54792a64, limb1: 0xb8bb8db0ed0d5e915fe9984e, limb2: 0x281169bf2a6fe66e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x77eec81de9693da157e55e23, limb1: 0xda1fb6533613e9237f61e072, limb2: 0x26903634226a33c9, limb3: 0x0 },
        u384 { limb0: 0xd15f9810736a91ee18b92251, limb1: 0xfa75bdf3d4e65cfb4ada93e, limb2: 0x2b989b2fdce142c5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbef7f556240542afa9dc586b, limb1: 0xd8f2fffaa29cd579b8b08968, limb2: 0x2f2a7cd1dc89da83, limb3: 0x0 },
        u384 { limb0: 0xaa575b0f60e80c9b92aeda02, limb1: 0xc8ccff747f4572fca1064c9d, limb2: 0x30040528b851714f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4ecab8fd69e1fc0441bc54fb, limb1: 0xbdf1c0f439743d67ec3b25fd, limb2: 0x6d5d28962c56138, limb3: 0x0 },
        u384 { limb0: 0x821cd108e05902727eea6dd3, limb1: 0x17631a5b26b6fb38f30f36eb, limb2: 0x10303d4a6d216319, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb579c3d2774878c61b553d79, limb1: 0xe56c19537e8d8f277cc628c0, limb2: 0x2bd44233a42025d6, limb3: 0x0 },
        u384 { limb0: 0x2d226c6ff6faefc4613138e6, limb1: 0x8d8308120ca0843e829a1f18, limb2: 0x43811c540db7da6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4b1fab47796061ac66da8ea2, limb1: 0x6a28a45b14f9e70942b5d272, limb2: 0x22b474bf97503ca6, limb3: 0x0 },
        u384 { limb0: 0xb626c011b12ea32ce82a41a3, limb1: 0x284c78094f251692308c3a62, limb2: 0x2e2ea3a4b9c83929, limb3: 0x0 },
    ],
];

/// At x + 4y + 16z an offset + x·IC4 + y·IC6 + z·IC7.
pub const TABLE_1: [[u384; 2]; 64] = [
    [
        u384 { limb0: 0x1bdb7c9d8bd1821d4b8ae80, limb1: 0xe4fc7eec76e6be578c5dde97, limb2: 0x1a5e55b7145d84f4, limb3: 0x0 },
        u384 { limb0: 0xb3c878318aae6df8bedbacc7, limb1: 0x302154fb6ef4251df1931457, limb2: 0x9c3fe3fbf1cac67, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa0dce74cecdb7c7f17326b22, limb1: 0x6949262dee2681680868fc52, limb2: 0x1b15e492c2616d72, limb3: 0x0 },
        u384 { limb0: 0xcd19f64c9952ae948e8a6c73, limb1: 0x7b4c38402339d505fcbd041b, limb2: 0x1cc513b34ee80976, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x23285551746bb30a0cf59005, limb1: 0x2b811d912814a407e8fe3c6f, limb2: 0x24f95c52354b21bf, limb3: 0x0 },
        u384 { limb0: 0x6a5baf61bc9d6d1376656d0f, limb1: 0xdc5c57f1065178913d6b55fa, limb2: 0xb0675b8266d6bea, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x76862769920a9978c3198b6b, limb1: 0xba73fcf3eba0f0c1d27629e6, limb2: 0x1989a64dff575893, limb3: 0x0 },
        u384 { limb0: 0x1d00a03de6a6d2d8ed6341, limb1: 0x21092a65711d51bbd4e0f55, limb2: 0x21c241f44eba60f3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd4344f8f7b43563289e077c4, limb1: 0x210dadb28c8c967ef87c2a68, limb2: 0x2b22958393528b8a, limb3: 0x0 },
        u384 { limb0: 0xa30cf4bb8c4bdb1a6e0cad37, limb1: 0x3f0f81b4afa569bd174f17bc, limb2: 0x201d4f6f59b954b2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfa53a71e51d782f5ea3d94c6, limb1: 0xf27118dbeb74900f2be891e2, limb2: 0x237f9af492d08404, limb3: 0x0 },
        u384 { limb0: 0xbdafbde2eb50e4291a4241d9, limb1: 0x16b99a09b56e2d05dd548694, limb2: 0x1615afa3e7ab05c9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb48dd38097ac55608e7f2b16, limb1: 0xbf9d1b2d3e9d5534c1769220, limb2: 0x130779cdd2779035, limb3: 0x0 },
        u384 { limb0: 0x97a2068f169de4ea25b614b0, limb1: 0x2df16ed79c88eab80cc3022d, limb2: 0x2f2eeaac00afca3f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf7a5dd0aaebfe1d7dce7710, limb1: 0x699615c09d113d1605d4a7c9, limb2: 0x24c39be9663c34d4, limb3: 0x0 },
        u384 { limb0: 0x7b9e672ad0cce0f12940dbca, limb1: 0xa5d0e155ebdcab88e59d5451, limb2: 0x2d7badd5a76ef481, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x833b8fdf56a9e6fcd012627f, limb1: 0xfb94cc26c42adb56d80880e6, limb2: 0x23bd6afd15e22393, limb3: 0x0 },
        u384 { limb0: 0x3558e843ca95f7f999d34d53, limb1: 0x35bcdb46429dc03985e4a5ad, limb2: 0x1d6c68cc31514ae0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x26b3a17512264ba15913e74b, limb1: 0xf45df5d9662fd75fe17e90ff, limb2: 0x2c54b3ade3286653, limb3: 0x0 },
        u384 { limb0: 0x1962c047a71c1a0f282bb7c7, limb1: 0xcb2d610315eaa534f5d89b4, limb2: 0x2a9937698b6209c6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa559a4ad344fff25444ad0e8, limb1: 0x7b00cd3b3e7849c22925984b, limb2: 0x236b4992dcb59f72, limb3: 0x0 },
        u384 { limb0: 0x48c2c6bc49a3383cdc0d42b7, limb1: 0xd74d7f81dc9c0a641b15b31, limb2: 0x26df8c500670985b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x94f9a04edf7841fb006f2faf, limb1: 0x884a6f3241d3d24e165cd579, limb2: 0x1011467fb84dda0, limb3: 0x0 },
        u384 { limb0: 0xd3cf359aac43886872ca1c28, limb1: 0xfac8014bcd797e178b7b1891, limb2: 0x12515a41ce408d46, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5cd0c27f037abfc2ad852d41, limb1: 0x426a9980d401b2b760eb23ce, limb2: 0x12b41d2336fa1bac, limb3: 0x0 },
        u384 { limb0: 0x2db24267e2dfab1e829b4653, limb1: 0xe70101f00a1268bf6d455a0e, limb2: 0x22da2826f26dc981, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd279fa5fabbdd0ff539385c1, limb1: 0x82a8d8f14291b1b4729547ab, limb2: 0x24b846cab6a2155d, limb3: 0x0 },
        u384 { limb0: 0x5172dba3acbd7769b7a6ebe2, limb1: 0x566b88aa95d551fa60c6c491, limb2: 0xa288b74479591b9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcf57d069fc4f43fd67fb80e, limb1: 0x7d2817c8e6e5b1284e2b8da8, limb2: 0x248b68ff8d9d4713, limb3: 0x0 },
        u384 { limb0: 0x87799f5496e2012a29039e2f, limb1: 0xc4e8fdac0d5a679c53193211, limb2: 0x119a9a0ba4182c31, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7e565a6770a973934ec89daa, limb1: 0xf383be3b4f89ac9cb4560f75, limb2: 0x73bf14f071907bc, limb3: 0x0 },
        u384 { limb0: 0xe954184611bb1e9d3c0a72a2, limb1: 0x2e0ad21c5b36c52352d4c97, limb2: 0x3cbe6906126a914, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc2cd35a7886f7e393d4becd6, limb1: 0xe8f862d11593be42a9afba59, limb2: 0x12cf52ee8aed467, limb3: 0x0 },
        u384 { limb0: 0x341f1f527df4b854b9c63946, limb1: 0xbff1856fec145695615c15da, limb2: 0x45ede6a529dda69, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xce15e784969c85e97ba3c903, limb1: 0x6857ac934b29be5710be89f2, limb2: 0x4729ed7e5653e16, limb3: 0x0 },
        u384 { limb0: 0xf9b667183474137bbf90927c, limb1: 0x58487274c72aafeac60cb663, limb2: 0xe787f29f422a979, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6e073e536ada0520c6c68d34, limb1: 0x1e4bd87c14031a043c3d59d2, limb2: 0x145ac7818d04f2fa, limb3: 0x0 },
        u384 { limb0: 0xf2465b32e11b19cba621fbda, limb1: 0x90e27c8f64b6232841337d51, limb2: 0x14218024588fec5e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x76d77d209afaba4ab3cdb1a7, limb1: 0xa5f5c3bf1b6bfe8615d6f9c0, limb2: 0x21766e486dbc7217, limb3: 0x0 },
        u384 { limb0: 0x5c56879bed11d30924c763b1, limb1: 0xa9abd104aef49e0913d07cf7, limb2: 0x23cb51ca2c5f2fdb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdfc76c7b8b9e8c3be0351511, limb1: 0x2816e787b8a3966874df4968, limb2: 0x1ec4a2128214e78, limb3: 0x0 },
        u384 { limb0: 0xb0b3b4c212917168c4366b51, limb1: 0x7cfd55040c78f300fd920b3a, limb2: 0x222683b3e2949c6f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2af18778f60a0eb6c3bf63c1, limb1: 0xf1c04c89e02bef26ec25ef70, limb2: 0x21f3440a4059a388, limb3: 0x0 },
        u384 { limb0: 0x898c71901bb89a66f05afcc3, limb1: 0x28184aa95c36918644ec91d1, limb2: 0x89204be2276ac5a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8a13e38965c24721df62100, limb1: 0x876d6bf410b9fb8b17e70fcc, limb2: 0xe5c8062a7ff7899, limb3: 0x0 },
        u384 { limb0: 0xdd69c241a136faa7d45272d, limb1: 0x31addc7d608cb03318d7e800, limb2: 0x12fdc10abacca1b6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x335721d3e22c085688c15c16, limb1: 0x3dad903f86c2b5db9aa0d2b0, limb2: 0xc60f60614b35fc0, limb3: 0x0 },
        u384 { limb0: 0x6c30a1bc1e930cc15e0a1025, limb1: 0xfc08a5721dd9d4c025d449dc, limb2: 0x1d74acf36c34c85e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfbc5a18780c2eb6bc43ed36b, limb1: 0x2e223634618b7bf2a5b996d6, limb2: 0x2e50a74712d14d5b, limb3: 0x0 },
        u384 { limb0: 0xd32310beb5e2a79f9a84d695, limb1: 0xcd9f65c568e0f7b6108d14d4, limb2: 0xfd5d6087683a26a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5b016d7607b1246a43c4d9fe, limb1: 0x1d82799d582d603643759c17, limb2: 0x1aa6cd59eacf416e, limb3: 0x0 },
        u384 { limb0: 0x64076103bc650256dbe0a450, limb1: 0xf201264f4181eb92e5043115, limb2: 0x2419fcb286954178, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf6aed37558863f61c9fad1ee, limb1: 0x53627ab5c5776d8949ed46ca, limb2: 0x1935800771bdb891, limb3: 0x0 },
        u384 { limb0: 0x8aa4cdcbae6683c88a2474c1, limb1: 0xe68f785ef6d768777399dc2c, limb2: 0x14a95ecb983626e8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5c9f9b74bfb81a34762232, limb1: 0x24828c07fc8cd5562afc5ed1, limb2: 0x5c1ecdaa292c49d, limb3: 0x0 },
        u384 { limb0: 0x6ccfd702f6e04923874d85b8, limb1: 0x1720b9340ce507d75d04f83e, limb2: 0x1d549c616fad24e1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc3a26aa950413cc11fc1db0b, limb1: 0x6f0ec6f35054111063fc383f, limb2: 0x24b4606826a4667d, limb3: 0x0 },
        u384 { limb0: 0x5e84fb0be5c3afd490a49476, limb1: 0x9eaf2e993005247c433225fb, limb2: 0x2d57b87dd03f1c43, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x574f143ff95d37d7d06dc5db, limb1: 0x2b5e007277899366246a2d9a, limb2: 0x97dded1267a358, limb3: 0x0 },
        u384 { limb0: 0x4e314650259a535df13069a, limb1: 0x1682df09ae3f448d98c9bf73, limb2: 0x1d6b4759215edaf5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x43dfad63ca564db7b870b6f6, limb1: 0xaa883891c40beadd1c460167, limb2: 0x11e668db3013c7f1, limb3: 0x0 },
        u384 { limb0: 0x663ee23315a740979a995df7, limb1: 0x1f4a611470d328f5011d9eba, limb2: 0x232308d700ac5626, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x409064d17b50804acc84a84f, limb1: 0x2270bda66dc8943c3fc96979, limb2: 0x383e7fda5175b71, limb3: 0x0 },
        u384 { limb0: 0x41d6781098d69f39b3fb6ac0, limb1: 0x7d4c5bc4062cdfaaf835ebb1, limb2: 0x18a78fd76f249e89, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd23356880af84a79349627e5, limb1: 0x69da22d10c1a6626182a5725, limb2: 0x284b8117b2f930c2, limb3: 0x0 },
        u384 { limb0: 0xf57c845042b21b981fa8a65f, limb1: 0xd3cf15fc33e864d9c0006fb9, limb2: 0xd2958fcd229f8f3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb883cd1c266542fe5528508e, limb1: 0xa3e5fa76dcef0ca8c0c92d2c, limb2: 0x127efd641df8179a, limb3: 0x0 },
        u384 { limb0: 0x764b0449e1314382bdbc4d28, limb1: 0xaa0527f132d2717c33f7b0c0, limb2: 0xe2142fade517bcc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd2a5406989d9acad192b5478, limb1: 0xd41a0b07e63fb0180db7164c, limb2: 0x1b86ff5dddf9ef81, limb3: 0x0 },
        u384 { limb0: 0xd458b42ee8585efb3b5b8106, limb1: 0x1339eefed181768c2efe0e14, limb2: 0x2636c29f7ccb54e2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x15ef9fb7d7b029aa12642714, limb1: 0xf042c73d728117b577ceb06b, limb2: 0x19f7012f7b13f5bb, limb3: 0x0 },
        u384 { limb0: 0x76d264d509b7491fd0a3494f, limb1: 0x521ae93bde47611b635f0ee4, limb2: 0x1d52519fce119014, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc7847f7474552936ec80fba5, limb1: 0xe387d4476c9d69f4ddec62bf, limb2: 0x21304dd316bafc2, limb3: 0x0 },
        u384 { limb0: 0xb266c2c8f1eff6c2f263d4f1, limb1: 0x32f99d98230ad49bff7db924, limb2: 0x1cb21b2bca3a6f48, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3729706cb6b323b949466e2e, limb1: 0x1b294a87a86fe87790a83a8, limb2: 0x2739c5da5eb4fec9, limb3: 0x0 },
        u384 { limb0: 0xc4b582caa0a88d95721bb730, limb1: 0x6f3420bbaf7a00ec69d3f005, limb2: 0x2741dcd04138d67e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x469aa3a215e97049c638ee66, limb1: 0x745b6c4bdd020ef639edabc1, limb2: 0xefc3bf6094a00f8, limb3: 0x0 },
        u384 { limb0: 0x9198ba5936421a4c2f804562, limb1: 0x896346db6ae74c339642b374, limb2: 0x13f5ce930b9b3efc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x322c1e3a83c98a39a098f89e, limb1: 0xd2abe97c04d7b7ab3e9934a3, limb2: 0x81bd8752090425a, limb3: 0x0 },
        u384 { limb0: 0x331aa73e7e4cd88d1e93e0cd, limb1: 0x37a175551810d98c1d9afc6a, limb2: 0x239331f7d8dae565, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x654e2f00e68fb27d9f60c0b5, limb1: 0x9f97ba57ecbf8e5e1b8b7ba, limb2: 0x176ff85e6f318ddd, limb3: 0x0 },
        u384 { limb0: 0x9cc8e7da2e8ae6567e205d83, limb1: 0x21cbc8b8392f8b5d645e003a, limb2: 0x2111913d6e3804db, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc985539d7509ea115062ab7f, limb1: 0xd0ce47054e8032b63de7f030, limb2: 0x12e4021735ef1dbe, limb3: 0x0 },
        u384 { limb0: 0xf4eb113439f6a06976e6d552, limb1: 0x9d986f0a4615aee5f54b5f41, limb2: 0x2d27207327c27ec7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdaaf5945a72358b8604192d6, limb1: 0x5b1c0016e067baaa20b4921b, limb2: 0x16e22d3f7fdac48, limb3: 0x0 },
        u384 { limb0: 0x177c19c7b5d8aa351554b654, limb1: 0x3a90f619b63785408b8518e0, limb2: 0x1253e238410aa184, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x267a5c0fde1f0744ab8e0ac8, limb1: 0xab5a7b6ac8c4beffb16bd05a, limb2: 0x1b15cf7249631c5d, limb3: 0x0 },
        u384 { limb0: 0x6a202c9286ccd01b4cff5f67, limb1: 0x4ec5fb588d9c8adb538c7711, limb2: 0x2e6e4634e7aecb53, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x10d9dfb74559ffd89184b560, limb1: 0x8c1831e4e86f64b35be9b1d0, limb2: 0x23f5ff89d5a2136f, limb3: 0x0 },
        u384 { limb0: 0xdd17df7c92ebdee08770ceca, limb1: 0x268af2a98e2dee83f543725, limb2: 0xac4580ca05efd11, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3bf168f2c656a8c718a895d5, limb1: 0x633db45112e556a03299c4fa, limb2: 0x113c816955ea94ef, limb3: 0x0 },
        u384 { limb0: 0x3d65425b259789b9840210ef, limb1: 0xc8d7b462585f5e3d4da24952, limb2: 0xbe836bdd2d8f438, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xaad5e3c7c05b2f8e7b9fcc01, limb1: 0x5b54847ca6c6ee3351b1f602, limb2: 0x27b1f6077d263dd3, limb3: 0x0 },
        u384 { limb0: 0x1c8405456c7a1ca040b2f1a0, limb1: 0xb5f2b73a4a928337a9cc4571, limb2: 0x13f469b69c63d418, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5f7a631a7d52e305cc6b9bf7, limb1: 0x54836343c00367d9e915cf5d, limb2: 0x27a4c2753ff363c6, limb3: 0x0 },
        u384 { limb0: 0xbe6e090e9050bcfc97c69362, limb1: 0x493152f13309a35eddf963f, limb2: 0x2c3c889fd2323a5a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa17be1bb72b3d0f86b1bdb0a, limb1: 0xdd844c8b6e1be8ea7ea1303e, limb2: 0x1095a1b80fb1713f, limb3: 0x0 },
        u384 { limb0: 0xcbe8462709b9ff89eee2a9a8, limb1: 0x57322da09e8c9ad5d2c10076, limb2: 0x17c676e907402836, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4ff070fae83bfe47df1cce4f, limb1: 0x54ca956050ba3cd99a8a7468, limb2: 0xec53bd138b37203, limb3: 0x0 },
        u384 { limb0: 0xb1602a014fe486fef7966a53, limb1: 0x8ee159e3a5725fb5d462c43, limb2: 0x1036e1f98e666c8b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7f06518f63904e9c11ba4c70, limb1: 0x1814da42b451274aac2dc479, limb2: 0x220bc858e77b4aab, limb3: 0x0 },
        u384 { limb0: 0x190a0ff0efcf1f2935dbea4, limb1: 0x1470634829aea9ce954f9594, limb2: 0x1835147a26851bc5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1d43fe6e42b870f59f631d5, limb1: 0x99260cc4c8e4d48d41bd1406, limb2: 0x4ff0eae8d2a92ce, limb3: 0x0 },
        u384 { limb0: 0xa11689523d5689cb2ace8e30, limb1: 0xea96ad09679d8830dab7accb, limb2: 0x1d899c515423da7b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2d93e95a54a6d36fb18d5a88, limb1: 0x5b53d7551c79abba78242d97, limb2: 0x1d57845d0ba4fc32, limb3: 0x0 },
        u384 { limb0: 0x66632af122dd651b809557ac, limb1: 0x3776dc91161125c210a7a21c, limb2: 0xc51bb86d6691f8c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc73288897c5d247ca276a9ab, limb1: 0xe6872780a33444b9e2cdde38, limb2: 0x27c8d1fa7dc8231f, limb3: 0x0 },
        u384 { limb0: 0xcef10c08d96a69b73c48925b, limb1: 0xa5d5d3026ddf39b49ad18f13, limb2: 0x13858033730da764, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x35ea1834a7d7f024653643c3, limb1: 0x13c600fd2f52f89ba98b593b, limb2: 0x1f405ce4bd2e5261, limb3: 0x0 },
        u384 { limb0: 0x1ef5f0080509842f329e42cb, limb1: 0x8bac527f804b863a0874fedc, limb2: 0xe74671849a1dc37, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3b1e19223458c6d6087c81e7, limb1: 0xb119df0c982eb914cf2bb447, limb2: 0x2127d967d453ac7, limb3: 0x0 },
        u384 { limb0: 0x38359cd93eb119a7d0a11e98, limb1: 0xabd034efb5dead67baf0ddb6, limb2: 0x1581c4d931257687, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x769f9f20164ddfb85a5d4fe0, limb1: 0xaf96fcec17ea3c8335133688, limb2: 0x3047b34af80870b3, limb3: 0x0 },
        u384 { limb0: 0x727d14a136d160fd84e7fdfa, limb1: 0x34491b420bacfa175befbf82, limb2: 0xe5eabd717107cfc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x37b5aa6ed069c7a4231b1ab7, limb1: 0xe93f01feb52277cfb01539af, limb2: 0x20bf47b91368abde, limb3: 0x0 },
        u384 { limb0: 0x6b1ecf4ec63d74168ae28477, limb1: 0xc8a4ffa1d0440f6b5c4cd1fd, limb2: 0xc206b6bdb2b1cb8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc39e06a9fec376adcfdef190, limb1: 0x6e6fa5d19854caeb3ed4dd6e, limb2: 0x26cb83f3e8da03d1, limb3: 0x0 },
        u384 { limb0: 0x9a7e5d28eebcb9aaa56ed42f, limb1: 0xa82b2349f848cfa42c36c3f8, limb2: 0xefda0db9b377aa6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf23abeaf83e9e39a9f4461f, limb1: 0xcdb5ded74e35417535f06881, limb2: 0x24ff80285972fcef, limb3: 0x0 },
        u384 { limb0: 0xc82f7d1e6695d43630efccaa, limb1: 0x68748adc27eb831445d88896, limb2: 0x1f0a6b0662db72d7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x20a48e19256dc7e59a0b020a, limb1: 0xa1aaf113891527f682af3513, limb2: 0x28f6a21843f13989, limb3: 0x0 },
        u384 { limb0: 0xbe93e9aefc50235ebcc804c3, limb1: 0xf506309ef784180b9298e2df, limb2: 0x22aedba57a50b8b8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2bb781499059720f0096a745, limb1: 0x5659a302fe825cfd57733efc, limb2: 0x271d0115bf88d5b2, limb3: 0x0 },
        u384 { limb0: 0xd6312cbdc49522657d12ce26, limb1: 0x4994c9a6fd84a090c2e8bf18, limb2: 0x2a1fd9aec3b7ade0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5c880d0f69de520bf9404388, limb1: 0x7eb85d0d4bb6dae4f6e64240, limb2: 0x2c53a0aef37183a9, limb3: 0x0 },
        u384 { limb0: 0xa802590721fdba3e2d6b6a5d, limb1: 0x34e32f44d9b9b85d0eeade95, limb2: 0x76333e2b555d413, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9afddc9e0a9550b06f4b9ad1, limb1: 0xb6924de205c4bb847b683b7, limb2: 0x16ae77807ca2278, limb3: 0x0 },
        u384 { limb0: 0xebae56b5922e95eee5662349, limb1: 0x8c97a9cfee13b41498f20529, limb2: 0x1936cef5259a27c0, limb3: 0x0 },
    ],
];

/// At x + 4y + 16z an offset + x·IC8 + y·IC9 + z·IC10.
pub const TABLE_2: [[u384; 2]; 64] = [
    [
        u384 { limb0: 0x99b8030a6a213aad41c81c27, limb1: 0x7bed72dea1965b651f9f204f, limb2: 0x1fd245dbc7e995d0, limb3: 0x0 },
        u384 { limb0: 0x1e6c061debbba36b7b087f17, limb1: 0xc5a2a3a58f7530f7fc260e07, limb2: 0x2f03d20535e9e645, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7bbc69e9b3d4786bc882848, limb1: 0x8d90cda212d833e7c354872b, limb2: 0x2d8997aab3236c27, limb3: 0x0 },
        u384 { limb0: 0x3edf513e6ceb658f0b6e5de3, limb1: 0xe7ad0c5e5f8d042c897e761d, limb2: 0x19463ba50e7b5ea6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x20b9db0d57fd4d775b93feca, limb1: 0x562311483dce6283db3c67bc, limb2: 0x11f0f7acf5c0e717, limb3: 0x0 },
        u384 { limb0: 0x5bb6dc4e85a31d0b1912aa71, limb1: 0x2a5b3e1b2fc311143575309d, limb2: 0x1a6ccb597d001476, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4cd41bd387d9d9f877397b39, limb1: 0xf1b1c7e55e47ee7292c43eec, limb2: 0x11a05bd1b0c199c4, limb3: 0x0 },
        u384 { limb0: 0x38500dd2dbadf643fd28f314, limb1: 0x5c2e3aacfea61f24fc1f629f, limb2: 0x18257601c1d4e0c9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x35bda8dc30e8074129af75e8, limb1: 0x90b6b224e2cc0976e0e15007, limb2: 0x104b56dde98e8c3f, limb3: 0x0 },
        u384 { limb0: 0x48858798c55c2b3b13b9a11e, limb1: 0x32d613d11279caca252aae8b, limb2: 0x2097b5474fc52a98, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe0c4b7e6695d84335a8fc51d, limb1: 0xa0801af52d05816960824e3, limb2: 0x3839b61742316eb, limb3: 0x0 },
        u384 { limb0: 0xe80efcc95eada6c9ffe97842, limb1: 0xd2a99cbedfe30348d8ba947d, limb2: 0x1774e6a810c96cdc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb106b41b5bd8b1dee4d1999e, limb1: 0x69daa93d363ff2a8d324ed8, limb2: 0x12e971c70fbe38e, limb3: 0x0 },
        u384 { limb0: 0x9eb19e59f69bfdc41e771f1, limb1: 0x638ba101a65b133164617c94, limb2: 0xd79c9d90b7d72ef, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa2b05959e8bf53fcaa6d0146, limb1: 0x35040fe9019b79772f4e5fe, limb2: 0xdc8c347b10950fe, limb3: 0x0 },
        u384 { limb0: 0xbaaaceecca98e2d07850be53, limb1: 0x7d7175a0b66052b73717da0b, limb2: 0xd474b2af6b2f4a9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd252ace7d5dc6dd30fca25ba, limb1: 0xdaf89d8e7aedf2cd40d9cf35, limb2: 0xf53b148d174f437, limb3: 0x0 },
        u384 { limb0: 0x12fc496bd3c12aeca0ef6223, limb1: 0xa61e75e0ac6971f9f0fad080, limb2: 0x2be84b23c4b57d70, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x10687594f482619e73a71064, limb1: 0xaadb73cda55ddfbe0e94519e, limb2: 0x211e12e3d73651f3, limb3: 0x0 },
        u384 { limb0: 0x16d3239427019af39095ab6a, limb1: 0x4e8d00faf6d365e406c36b3e, limb2: 0x1ced473091eeb8ef, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe6185fc4603c4855d0573f68, limb1: 0x463dd0e7f098afe3094f5275, limb2: 0x1d5ac7ab5de72acf, limb3: 0x0 },
        u384 { limb0: 0x77cacc73ff0960f6ce2020b, limb1: 0x13fd30d70241e4e2b93682a4, limb2: 0x1001f82ffc2e818c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd721b943e0aa8d0800bf0c4d, limb1: 0xb5619f45dcc063a1974a8ea7, limb2: 0x2539bb21976f2089, limb3: 0x0 },
        u384 { limb0: 0xb49aeef8736e18dfc01d4a93, limb1: 0x279f63de8cc7e57d82aadac7, limb2: 0xa76607634d430dd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa3e4b6cfa0404de49280841b, limb1: 0x2837a9bc6568e4d69b1e8088, limb2: 0x25cb45ea6b744a3b, limb3: 0x0 },
        u384 { limb0: 0x5bf9248d6d78b4167253eb27, limb1: 0x51c499b66b905e402ab16dd6, limb2: 0x21b9da4de71ef2be, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1cb11a67e2730fcd9d7b56b3, limb1: 0x18ac87b1bb0380531d946938, limb2: 0x26946fdf9dfaf098, limb3: 0x0 },
        u384 { limb0: 0xfa125a645954a126e5082045, limb1: 0xf495e53b336c18eab8eac29e, limb2: 0x4688ae049ac8899, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x96f5a9f4b5cca81d8864d6f9, limb1: 0xb72039d0cb762675391e1baa, limb2: 0x1a6839b1408f4dab, limb3: 0x0 },
        u384 { limb0: 0x823a940a55b0f48b34cf85a1, limb1: 0xf24049bb85f96a753a36b7d5, limb2: 0x2b24c5d07563b748, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7ecee137eee83be75a56b1a5, limb1: 0x86647edd24ed20cf2044dc00, limb2: 0x1a93f159b2a6208a, limb3: 0x0 },
        u384 { limb0: 0x670bed72c42b1a60ea2e5f57, limb1: 0x6e2b67141e1100a0d5cb15f3, limb2: 0xa7710a191548a64, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb518089e8c368846ab3d26c3, limb1: 0x2708f0e32d45af8f4ee16ca1, limb2: 0x214a8c244a929cb8, limb3: 0x0 },
        u384 { limb0: 0x8abe0cbb1310c87c6a906578, limb1: 0x6ba36c347cf8d000e690a2fe, limb2: 0x2049925975575603, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc8fb4527a1a427598bc69eaa, limb1: 0x34506871c15f7a45c09cac55, limb2: 0xf8ed1e5b67781c5, limb3: 0x0 },
        u384 { limb0: 0xc5e1fbab916e5d79fc36bfe, limb1: 0x5a6d3f9969a38aa7e859e6b5, limb2: 0x259307aabc0966ee, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc460508f7431ba83808fc1f6, limb1: 0xb5082201c9790025090c9f4a, limb2: 0x10ae2da54d87a098, limb3: 0x0 },
        u384 { limb0: 0x372676814bfb835011c844ff, limb1: 0x703a49a50bca8f08792c0869, limb2: 0x290007f7cb2f09a5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf59c76d66d3c3c96faee0d70, limb1: 0x5a4b28f8f752a25d376faff, limb2: 0x1351ac368aeb6895, limb3: 0x0 },
        u384 { limb0: 0x96ec64679a29bd4cced4f992, limb1: 0x630342d8a1b5e2b6e7f4f789, limb2: 0xd813af2091d3717, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x74ddcd1fb82e874414827cc5, limb1: 0xb7b434f231cc68bf865be56b, limb2: 0x23470a6dd0576c9, limb3: 0x0 },
        u384 { limb0: 0xa6237b03b012654b408fe485, limb1: 0x28e7e874f5a7c8644dea5088, limb2: 0x218a2c81bdaacedf, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x45bd90ceec01a31b4e31cec1, limb1: 0x4b0c662e80cfc58f5b6444c7, limb2: 0x79f7990843b124b, limb3: 0x0 },
        u384 { limb0: 0xf1ee98941c61959a68e69efe, limb1: 0xde46ac5f15f40a5874554a00, limb2: 0x9a9a2b11ff3a61, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8a5389fa477edc0279c61ee3, limb1: 0x546385934a117176510b5831, limb2: 0x2b9dcd16c61e9e83, limb3: 0x0 },
        u384 { limb0: 0x3bbba33011c5148332c6b00e, limb1: 0xe645c7da8b5faa85464d290, limb2: 0x58758d3354c39e8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x414ea0c370182540d18d023c, limb1: 0x1a9e5af14b51c10fb6f70b62, limb2: 0x1f9009b94d3dd995, limb3: 0x0 },
        u384 { limb0: 0x2adafa61f653ca56a3a70ceb, limb1: 0x1f577015403c9cc76056fc3a, limb2: 0x1914e96fab0eecf0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xae2d709de13e948087c84a72, limb1: 0x5efe5a0fcec94b79a43cf70c, limb2: 0x25d5cbbebc94ef8, limb3: 0x0 },
        u384 { limb0: 0xdb5b22b8417a6888099cf8c5, limb1: 0x6db0674366a37edce2ae106a, limb2: 0x237be2e2bf62df28, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc22b527976ce1df159743c29, limb1: 0xbc10ea13822c4adcda467bb3, limb2: 0x37d652767e34020, limb3: 0x0 },
        u384 { limb0: 0xf745c8cbd08486b2fb38f88c, limb1: 0x23bcf0af01ff4ec053f3cb96, limb2: 0x2f8e932c9c076c5e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4a604f238d942cbfcb2ec17e, limb1: 0x6363ef71055e8e8025fce29d, limb2: 0x62a37e1a5f5830b, limb3: 0x0 },
        u384 { limb0: 0xf1b2e37f972b78f8ff259e5b, limb1: 0x993ace59d456961869ef4578, limb2: 0x27adab4b26c3c113, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5bf8bc57caf2f06d317eec9c, limb1: 0xcc6d65bd0c6f9804f7e7bb1, limb2: 0x2d76906005b794d2, limb3: 0x0 },
        u384 { limb0: 0x4496b170d064c7696b8c3354, limb1: 0x7b7decb50433bf3ca2f19c33, limb2: 0x2f96afae0c50fb4e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2d7a3e1fd8e402b9e6b54189, limb1: 0xe942907d277b6483db994b84, limb2: 0xb4293930aedb7f5, limb3: 0x0 },
        u384 { limb0: 0x20865492bb29b72143466788, limb1: 0x2d55a6958fe7d3f838dd6c96, limb2: 0x1f9245f620deabfa, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe23f6db8f6e590b5c6c51d01, limb1: 0x2020ce8fbc6a40921698b969, limb2: 0x2babe14ab671e20a, limb3: 0x0 },
        u384 { limb0: 0x81e68cca54a9933b2bc39d03, limb1: 0x461f521d78b583bc09e85d4f, limb2: 0x192126996fc4aa7a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa26fd184879a39cde22c0ca1, limb1: 0x31e0499c8225f1eb6bce1765, limb2: 0x1efa9190a29c9566, limb3: 0x0 },
        u384 { limb0: 0x5db88aa6fcb431a44179f8c8, limb1: 0x95cfeaf0aaef6019008845c7, limb2: 0x292efad8c9cc109b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9861a7944808473973999ce6, limb1: 0x1d71b05c44a82b6099ac32ca, limb2: 0x1d2e2174416e7558, limb3: 0x0 },
        u384 { limb0: 0x113a182edb0a8303aec6bb46, limb1: 0x820b4e4e2a1bb40c7f5608d2, limb2: 0x2530502e9f815981, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe6ef46aeab9954213253f9ad, limb1: 0x63bc60673fa3b30375811a2a, limb2: 0x2c45a852074698d5, limb3: 0x0 },
        u384 { limb0: 0x2bc32f5c1eb9234f68d73b57, limb1: 0x1844c3e3dc119fc2b1801ebd, limb2: 0x1aa2d427c1f64331, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x782a52da8d1c932bf3670179, limb1: 0x6c5ce54a9354305f8045e8c, limb2: 0x269830b41985f39f, limb3: 0x0 },
        u384 { limb0: 0xef676e4470db75ad592a1a45, limb1: 0x75ef340b29e890440d786855, limb2: 0x2f1b3d65d7025b6e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x90f8b1a65432c8d340c1668c, limb1: 0x4119031ebb1338f42f009f27, limb2: 0x280c8924924d9bf5, limb3: 0x0 },
        u384 { limb0: 0xb78bc475ac890d999ea1fb36, limb1: 0x2cf2cfc517b596109b82ee6f, limb2: 0x7064d89bfacf091, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x993b086f2880300dd0a43884, limb1: 0x5f0330a445cb83bd10175169, limb2: 0x17ac237b51ff4c17, limb3: 0x0 },
        u384 { limb0: 0x955a096e6cfb220ec9366ad7, limb1: 0x675b39fcdaefee44c828da4d, limb2: 0x21ea87f685e3ddab, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xff8a7e9001cd294ed9417d99, limb1: 0xe32200726da5a7b9f93e1a6b, limb2: 0x413f1cc35ec802f, limb3: 0x0 },
        u384 { limb0: 0x87083ec587bb1ba1c008b8ce, limb1: 0xaaa97beb979c87cdcd9fcd36, limb2: 0x1cf579ff53e66da2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x951b2a9cf374acccba767f5c, limb1: 0xacd4089ea8493194fd656e7, limb2: 0x13f4996178a70225, limb3: 0x0 },
        u384 { limb0: 0x98ac6c85c3cf30640de2fcee, limb1: 0x53680c998d2dfce86eef474f, limb2: 0x144328f2fed6d162, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfad7819d4d8a8729b62a31e1, limb1: 0x104ba666d4c00d1416ae5eeb, limb2: 0x2cc0de594a2f009, limb3: 0x0 },
        u384 { limb0: 0x8196701118cca5c66187cddb, limb1: 0xfa4f8bc21c7b7ab8d4b63106, limb2: 0x13f297b13c332714, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3dfddd7362ee11fa63c68187, limb1: 0x69cfe3d94bf2b7b507606641, limb2: 0x87b663312d20f1d, limb3: 0x0 },
        u384 { limb0: 0x801e9dcabb7f6fd7a5d04512, limb1: 0x1edb6df3afb5a0fefa67dd3a, limb2: 0x2f40c6b980885a9e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfb0066cf932033c1fcfc7407, limb1: 0x964af25919b916eff5667111, limb2: 0x9d3e7f7da045741, limb3: 0x0 },
        u384 { limb0: 0x5a5e9067484301240ee8f46e, limb1: 0xa171611ecae230c0566291e9, limb2: 0x2c7c5a3cfd0148ff, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x44ffc430b328c6b9c630ec2, limb1: 0x48ef83af80aa4fde22c231f9, limb2: 0x23fac0540e03f0c5, limb3: 0x0 },
        u384 { limb0: 0xb05fe2b0ebcfef4e88ef7449, limb1: 0x34f9613f8d4c389684a8a50b, limb2: 0x721112b250ca66a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6071bc31d349362eaf98bc83, limb1: 0x618e80b56e68088c73d77bcd, limb2: 0x15cba51cde7073b8, limb3: 0x0 },
        u384 { limb0: 0x1f5a19f46b6af421b59ba2d7, limb1: 0xb987424ef69a3c399e70626b, limb2: 0x85d259ee2e55f77, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xedfe2d19265b86254c6d85e3, limb1: 0xc6ddb9e794a3edb1e60257e5, limb2: 0x210a78ca850a1db8, limb3: 0x0 },
        u384 { limb0: 0x77dbc3bd04110a90ab5587bb, limb1: 0x9de99a8a49cf1b945a28c7f, limb2: 0x29561bfd474a9e6d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x170b1bc1fdf4995064b8c072, limb1: 0x7ff94e940553b36870c025ff, limb2: 0x1eaba8b23473d747, limb3: 0x0 },
        u384 { limb0: 0xd64d00e5cc2208085a3cea16, limb1: 0xf41cf8ffee81761931834eae, limb2: 0x14e222b7615d28d2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd0cdabf55f49602114a81d63, limb1: 0xb39671f0d5df54bf7918245e, limb2: 0x2f17cf2dc67fa016, limb3: 0x0 },
        u384 { limb0: 0x1fff5ea7f4b356775105bd30, limb1: 0xfbdb72315254efd6fd44ed3, limb2: 0xbc2c4cced92dfbe, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xff3877d95d41480cdb45bb29, limb1: 0xc0146c1ee09f49c5a5265eb0, limb2: 0x2e9897656932e973, limb3: 0x0 },
        u384 { limb0: 0x6f4e9f84e317714ce973beb8, limb1: 0x2a1e83d3c2d76a5ed3b22fcf, limb2: 0x2f3a2fe97a9062c7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xaca68a3715e119008be89f37, limb1: 0xcc84ba05ebc9922f1c941ece, limb2: 0x2abdc847d66acec, limb3: 0x0 },
        u384 { limb0: 0x35b57caae5afa882e67c8f32, limb1: 0xe7ca86c29cbee7799e483a72, limb2: 0xe82cd6b4f123915, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe6ca9119a9304e0d42ce80a8, limb1: 0xd5c2742a627f4b6aff31e6e, limb2: 0x290f30efc1289d5c, limb3: 0x0 },
        u384 { limb0: 0xc92947310e6045ba336bff73, limb1: 0x76585d218e118b68f0301323, limb2: 0x2b89492b094ec37, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x94836c0874e977b3e42ee5a8, limb1: 0x54e0d34e8c65d2ede846a751, limb2: 0x3d020750fd30f6, limb3: 0x0 },
        u384 { limb0: 0x74ef444b1b1f8e03767bb05d, limb1: 0x17e507cb324286bbda8eda34, limb2: 0x2aa8886a6a201f55, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcc94b1d2c8bb8569023fd5c6, limb1: 0x6818102c99ec96d79cb81507, limb2: 0x65e48100dee25af, limb3: 0x0 },
        u384 { limb0: 0x681f485e5beb37f6f008767a, limb1: 0x7701e218a53b9dc42c57222c, limb2: 0xcb1a4e16db1dcf6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x945ebb716149f5ab05df9037, limb1: 0xdff77b2eb346eed1d54ab0c0, limb2: 0x27fbae845c6acc8e, limb3: 0x0 },
        u384 { limb0: 0x9ac76f3eea720cd70ea5a675, limb1: 0x57626c6b6e1bae77a83e0fc7, limb2: 0x256f42aac355a216, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa73062e3383bfa2b809b4c3f, limb1: 0xa6220edc95455965810b9076, limb2: 0x11f60028c330093a, limb3: 0x0 },
        u384 { limb0: 0xcdf2344249f5b974fd1ebb07, limb1: 0xbb38c1c3fa65d9a8dbd4c9ef, limb2: 0x104742154f715287, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3067a755c8c96adba933c357, limb1: 0xc19181b5ccd733c6a9cfb9c1, limb2: 0xb1cd8bcb4a6cbc4, limb3: 0x0 },
        u384 { limb0: 0xcc528b2c74c406db4f127b6e, limb1: 0xe9f8d68637cd34bf126667f, limb2: 0x1e3e006bf90472c5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa31b22f3932ebeadd3475f, limb1: 0xd9372b9074bc5b27d657acd9, limb2: 0x11a429c5756e3ce1, limb3: 0x0 },
        u384 { limb0: 0xd49d01f48d9fb3f0d40ff213, limb1: 0x8657cc29676f71bea2639854, limb2: 0xe8c9df84ba30f32, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x773443c33d01b86b7e304752, limb1: 0x3fc33554f4bb7485beada1bb, limb2: 0x1561b26713b5f4e7, limb3: 0x0 },
        u384 { limb0: 0xb70d49ea9952718fcc597179, limb1: 0x44c8cee704c9e49a1d264ae0, limb2: 0x2bd06ad3e785e631, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x78f351309432818eaeaae5dc, limb1: 0x14e322bae3d8bf7c109dba40, limb2: 0x212755cac7c656fd, limb3: 0x0 },
        u384 { limb0: 0xaa9ba99f443df4d372a02672, limb1: 0xb76d70fef582e479454b85b7, limb2: 0x42af93c18616cbc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x707925ad9eefb238579a81bc, limb1: 0x792fca82947a88e0fda67ddd, limb2: 0x2713b460033828e2, limb3: 0x0 },
        u384 { limb0: 0xa4e099857a6d57859830026b, limb1: 0x4ca81045d72d9bf0177f0079, limb2: 0x2f44e4011e5a88f7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2abb30f41721009e59d0e23a, limb1: 0x1289ef83c08baaee6d744650, limb2: 0x1e84fe1a2e4c8029, limb3: 0x0 },
        u384 { limb0: 0xbbbe3162f60eeba464de29a7, limb1: 0x6c0109f327c4f7e87113e27, limb2: 0x17b2280866ce10ae, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x34ec822c2611ae597c652368, limb1: 0x35d91448f014a79558de7899, limb2: 0x2440dd3d1eb3ea83, limb3: 0x0 },
        u384 { limb0: 0x505e21f8bdf3e146e6c3e8a9, limb1: 0x2e48e6e5fa7c32cac18d0f9e, limb2: 0x1d196852b1dc316f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb6f644bd1684c30c13403438, limb1: 0xea78f43060199c960668b1d3, limb2: 0xb90196efec27a08, limb3: 0x0 },
        u384 { limb0: 0xe31829f4e66743c3b42461ed, limb1: 0xe1c9d589d19c0ce6ab38f2a5, limb2: 0x160ab17dd6b1066b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf6eff824101aa3110c844c26, limb1: 0x698ab99eaaa98447eefed605, limb2: 0xf6d97b62aed2fa3, limb3: 0x0 },
        u384 { limb0: 0xa9f5f3ee04ae393de89a708c, limb1: 0x578bb654731da0671b67b49d, limb2: 0x1671b5b47dc1da62, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf7b4787136286908fa70e6b3, limb1: 0x79b5bc824fc35815cd2237cd, limb2: 0x2d19c4e59f44d799, limb3: 0x0 },
        u384 { limb0: 0xa1e4da92fa1997b4593734c, limb1: 0x213859d716c31d16b4c68dbb, limb2: 0xe37ac7339fee167, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x400d23b6b2d858cdbbb08701, limb1: 0x4ae890cad806f1acaaba4b71, limb2: 0x1174a28d43746d4e, limb3: 0x0 },
        u384 { limb0: 0xf852c76549537b17901756f, limb1: 0x823ecf88e8f71f4524e1aef3, limb2: 0x11ad84d59d841326, limb3: 0x0 },
    ],
];

/// Slope and offset of the loop's lines of γ.
pub const GAMMA: [[u384; 4]; 88] = [
    [
        u384 { limb0: 0x96ee6374e6b52f710d35ab7b, limb1: 0x169af99efd724d704911932d, limb2: 0x1943a7f57b80ba5d, limb3: 0x0 },
        u384 { limb0: 0x42561590199e5d58f3167098, limb1: 0xe5c58142d2eead0d838cef39, limb2: 0x193561a9e649848a, limb3: 0x0 },
        u384 { limb0: 0xe3d45ba39e339506013c950e, limb1: 0x584346568f8dee79694390de, limb2: 0xbe207b335f9472e, limb3: 0x0 },
        u384 { limb0: 0x3a351a24b07be50bf1313ea2, limb1: 0xc8c2e0f07123f4191d5eb646, limb2: 0x23ca3f5f12a72409, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x529f88f4d340cd6ea983d7cb, limb1: 0xe5b38b2896f2c82d88a6a81c, limb2: 0x17fc969fd1a2f6f5, limb3: 0x0 },
        u384 { limb0: 0x9474ba7b6fddeb1cb6721b0e, limb1: 0x557083eba41e27bf6aaaf28d, limb2: 0x1e9875fb6a6beee3, limb3: 0x0 },
        u384 { limb0: 0xada3bbae40278598d636f1ba, limb1: 0x5a3b816474f987cb66777c7a, limb2: 0x8cff9ffb86a72f2, limb3: 0x0 },
        u384 { limb0: 0x6e0cade8f297c54691eb5276, limb1: 0xb351111a63b917c621432ec4, limb2: 0x925dc3dd0e6a7cc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc73bebed27166ed2b8d8b38, limb1: 0x584cd993e916a9db1928709f, limb2: 0x2a49f471f0f5b397, limb3: 0x0 },
        u384 { limb0: 0x1b3de967d42931f679e62850, limb1: 0x706a734b71e601b9c4b0abfa, limb2: 0x282790c3aad4e6ef, limb3: 0x0 },
        u384 { limb0: 0xbea9a481a61672c99243c0f3, limb1: 0x3fec08f87c031d7ffcfc86c6, limb2: 0x21419568fef5f355, limb3: 0x0 },
        u384 { limb0: 0xdbb502e00933e6cc6e391825, limb1: 0xfd4e7c23b16ef0c6e7b6e17, limb2: 0x1000a350e05031b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x264d630200ce6e59f5912ebf, limb1: 0xb0975957fffa9324cfcc06e1, limb2: 0x1aa31a3e06d63efa, limb3: 0x0 },
        u384 { limb0: 0x9ac26504da8a1940388b2b3c, limb1: 0xdc59d6e6e402f715dd254af, limb2: 0x26214bf3973e6f1e, limb3: 0x0 },
        u384 { limb0: 0xe4d347998232c05d2483e07d, limb1: 0xcd6121cbbafc1a267a952e87, limb2: 0x2c1df48d163ecf62, limb3: 0x0 },
        u384 { limb0: 0xe5e06d2c7d780e50b58bc890, limb1: 0x4aa09b7a5e95240556490308, limb2: 0x17491da5b4fae636, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5f76824fa5d282eac4a5576a, limb1: 0xb06e0c68d9fa381fce1c5a02, limb2: 0x1ae05b82083a785c, limb3: 0x0 },
        u384 { limb0: 0x134adba987e6609f2bee384c, limb1: 0xba440ebec02fead9cf4add0, limb2: 0x30454eed13e0088d, limb3: 0x0 },
        u384 { limb0: 0x9b75d790e2c2325ef4e8d3e4, limb1: 0x59f5630fb6f8fbefd6bdd418, limb2: 0x1145afcd9d55b582, limb3: 0x0 },
        u384 { limb0: 0x434a1f10dad035b7d07e2833, limb1: 0x6ff7fffa93c6ee97493e8345, limb2: 0xa58237077b1be34, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x629e3e080aa5fe1e9c28b159, limb1: 0x48b9c2a07debaddcf63d0ab1, limb2: 0x2261123ac00563b, limb3: 0x0 },
        u384 { limb0: 0xe43d5ec31b7076ed1381379b, limb1: 0xaeaad7551941257f720574c0, limb2: 0x200b30b7d3975d08, limb3: 0x0 },
        u384 { limb0: 0x8d1b35cd7bbecc9b00d85822, limb1: 0x4d1a1320ae94fff7978edcb3, limb2: 0x2ae31a7b33c7ccc8, limb3: 0x0 },
        u384 { limb0: 0x4ac0b2193b67bb1ab8a58a27, limb1: 0xf78e6f9e52dbd0d2b44256ac, limb2: 0x1230faf6e0334bb3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc337c22f5704dd30abe1025a, limb1: 0x499bedfd9517ba506bfd45, limb2: 0x17bd76c188022841, limb3: 0x0 },
        u384 { limb0: 0x3709fd88e1ebe610c1ec97c1, limb1: 0x18d70d57b3f75bf5d19015c1, limb2: 0xdffe83131a55f02, limb3: 0x0 },
        u384 { limb0: 0x29fda07d4bd441f537a7f8b7, limb1: 0x20846ced5db0dd351007ba0e, limb2: 0xfe8f18bb41c6caf, limb3: 0x0 },
        u384 { limb0: 0xa6250b4a68203a8f37d03868, limb1: 0x8a8415116ff66f910b26404f, limb2: 0x2d6fc9e6d0462848, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x85574d7b5571c53cb7670500, limb1: 0x9b3026979e3da90ef739128e, limb2: 0x5ea2390bfffcc94, limb3: 0x0 },
        u384 { limb0: 0x5da3de6c4282b06d64a2f777, limb1: 0x8c5bb35054535af136665e8d, limb2: 0x172099dab5f83377, limb3: 0x0 },
        u384 { limb0: 0x761ef1d3ce55613bbb9e1b76, limb1: 0x8a2806becf1a649fee7f0a8c, limb2: 0x29ca924bb03e012e, limb3: 0x0 },
        u384 { limb0: 0x6b61257ef99a08940f6240d3, limb1: 0xbd80ea895d11867a23f07c4a, limb2: 0xf3273a37e87f32f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd165de2c69bb6a8e448804f8, limb1: 0x5906762e8b196ad7ae34cce, limb2: 0x1a7af8e5b79162e8, limb3: 0x0 },
        u384 { limb0: 0x665a246bebb52216016c5c96, limb1: 0xe858a3ae9603be5dd2826b14, limb2: 0x1fc1685d7cfe3a20, limb3: 0x0 },
        u384 { limb0: 0x6c9fdee73ac7f20b51150202, limb1: 0xdfb8f157b80ddd784b869df3, limb2: 0x18d083f34cf34b77, limb3: 0x0 },
        u384 { limb0: 0x82e4e0d50618a923c2886763, limb1: 0x4be776231c2299310183dee7, limb2: 0x142a9d7cd9bcb042, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc85e388335f25fac0ee3e5a6, limb1: 0xf58c0afc06b92c0338f879f0, limb2: 0x17d6d96695cef665, limb3: 0x0 },
        u384 { limb0: 0x1192b7e5d0d7c52cfb249c4e, limb1: 0x2f8e5cc0af358f6797407bc8, limb2: 0x4621d6e374b4275, limb3: 0x0 },
        u384 { limb0: 0xc77aee83d032d7ff666286f1, limb1: 0x7ba66fdf897a3b9c36eb42ec, limb2: 0x12dbce5b70251d0e, limb3: 0x0 },
        u384 { limb0: 0x5b6bb3c1616abd2185aa3061, limb1: 0xf4a889e44591a42cdf1b3c62, limb2: 0x26b3f43504db9232, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc17c6669a17d5f7eea276a2a, limb1: 0xd0f561d1e2a8b1183aa41cc8, limb2: 0x1b241129df31b3eb, limb3: 0x0 },
        u384 { limb0: 0x477ffabd1cdd28d9e3148723, limb1: 0x899a060c379e4ab6d74b9d06, limb2: 0xa57d78162d899ed, limb3: 0x0 },
        u384 { limb0: 0xa67a2832a993d8e1ef26295e, limb1: 0xc9dec92febfae652ed85a559, limb2: 0x2c038004fe793fd8, limb3: 0x0 },
        u384 { limb0: 0x90e35a4c1eab3030e98549e5, limb1: 0x8b7e401213db164570afafb5, limb2: 0x457a8ec59556221, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe4141d76b923d3c8e79fccc, limb1: 0x54600109ad9ffcaf545984ef, limb2: 0x29dd007392ba477f, limb3: 0x0 },
        u384 { limb0: 0x5b58f286d3b76fc2200385ce, limb1: 0xf1fa682d360574b1c24ddaab, limb2: 0x1e2dbecf4eac1604, limb3: 0x0 },
        u384 { limb0: 0xf4766db24602e5a9973db7aa, limb1: 0x8f8c0481167ab3553e3fa7e6, limb2: 0x259564dd64b71b19, limb3: 0x0 },
        u384 { limb0: 0xb5489af97cf5bdc386cad40f, limb1: 0x1699c81c5299d9fd9e5c3d75, limb2: 0x65e3770a04436db, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x27e521c68a3a03e2f1ebcc06, limb1: 0xb2cd89ce1d9e7878d77c3844, limb2: 0x15ad842c7fb2d85, limb3: 0x0 },
        u384 { limb0: 0xf52051db03c480f3cacdd5d, limb1: 0xc0a780c53f9861a8a52aba3c, limb2: 0x2c5aad57dc884f39, limb3: 0x0 },
        u384 { limb0: 0xe45dd73be300abad422f6ab5, limb1: 0xca2c6b0c7b328e2511e8bba3, limb2: 0x24705b839fe8f23f, limb3: 0x0 },
        u384 { limb0: 0x26bdc9a0578a7c719447b672, limb1: 0x5dc4a73a20d50c68433d1587, limb2: 0xb7aa413d2984065, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd55d974c4c263675b0302784, limb1: 0x9dae51e1f8d5f841ba00b162, limb2: 0x1b9e4101cd8f689d, limb3: 0x0 },
        u384 { limb0: 0x86a3b3819a141019a60e74, limb1: 0xe846ee177c00afebf094e04a, limb2: 0x1d8c1796040813ba, limb3: 0x0 },
        u384 { limb0: 0x98f043657bd65a8d43ed10a0, limb1: 0x2dec1e30c5bd72f3acd5cd7, limb2: 0x24cf9c62ebf65ac3, limb3: 0x0 },
        u384 { limb0: 0x810053b7dd4074246a42fe92, limb1: 0x1cf5424aa52a081b3df15f5e, limb2: 0x201fc5d89f8c3da9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x83b93d9335767e174ac2a166, limb1: 0xec44f19a4e46e6972973d5b1, limb2: 0x29007cd9f8e7826, limb3: 0x0 },
        u384 { limb0: 0x9ee0f564dae6b4a1712e2601, limb1: 0xb5360307a337aca82bed85f, limb2: 0x12452c0092ebc802, limb3: 0x0 },
        u384 { limb0: 0x3aa7dbbd7d799d5c51a21edc, limb1: 0xb7397dd44a64b149d7794293, limb2: 0x20b3cb41c65cd7c9, limb3: 0x0 },
        u384 { limb0: 0xdf0f4929c40626c28dd254dd, limb1: 0x2bdd54907b4ac57c2f61d73b, limb2: 0x192ab2d6d9868959, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x71e0e151f66ba86ab28a856a, limb1: 0x292e26af6e4bb2092c23f8e4, limb2: 0x235a00fb1045a4d8, limb3: 0x0 },
        u384 { limb0: 0x2abcd8aae91697807e47e60d, limb1: 0xab940df6707461eceb7517c4, limb2: 0x1e1cbcbaeb20a265, limb3: 0x0 },
        u384 { limb0: 0x62ae8da125d77fa308ee09af, limb1: 0x2cc60edb822c4fdcb056f3c0, limb2: 0x14303e3f4cfe0d24, limb3: 0x0 },
        u384 { limb0: 0xcd782a457b7f143b561d2d22, limb1: 0xbdbc60379c1169594f828057, limb2: 0x2578de465f65b2de, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x70f3ed62f60fbf0dd63dbb2b, limb1: 0x7b66ad3177623b24cef5048f, limb2: 0x121223a057755312, limb3: 0x0 },
        u384 { limb0: 0x31275a84f9a916f0fccd35c2, limb1: 0xd874782fbbec56c262efe6d9, limb2: 0x2655c5017c6553eb, limb3: 0x0 },
        u384 { limb0: 0xbfaee678b9c404b264fa60b4, limb1: 0x404bf0cb450b48de523eae3f, limb2: 0x2121b053fa4db64d, limb3: 0x0 },
        u384 { limb0: 0xfd9745f925d4b1d04b8c993d, limb1: 0x47cfa71ec2aa7e6d94dcb3d5, limb2: 0x2beb7d03e8bd7daa, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2b94293f49ebf9dea3392fd2, limb1: 0xce615123a3223d34c35fb35c, limb2: 0x114e7b6d7d44dd31, limb3: 0x0 },
        u384 { limb0: 0xdfc04aa68a0c4cc4661b0994, limb1: 0x582ac8af0729eb89123ac834, limb2: 0x218391c825dc449b, limb3: 0x0 },
        u384 { limb0: 0xe6e50c44dc33fb3938f90c14, limb1: 0x474eeaf2f19be9bcfcf7f59, limb2: 0x106af0e290e1f912, limb3: 0x0 },
        u384 { limb0: 0x3353f0abe6d88d2bbd7a2cb2, limb1: 0x581bcf87a5a7d4d8894f85e3, limb2: 0x234fe22b19fbe051, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbd5f88f89cedc0a8ca0775bc, limb1: 0xcad5dfe84873af4d64395c3e, limb2: 0x4c251a169fe4387, limb3: 0x0 },
        u384 { limb0: 0x5230c81e9d1fc6e6f63ff6a6, limb1: 0xd5febbde6eeeb4ac05336d88, limb2: 0x2ead41f69ab0707e, limb3: 0x0 },
        u384 { limb0: 0x9a2a68af6213aa24de3fc814, limb1: 0xa493ee668d0ec01825a63f7e, limb2: 0x2f4cd821451a7fd2, limb3: 0x0 },
        u384 { limb0: 0x1c966cf6f3c409618e59fad4, limb1: 0x43ee58c4efa6daae82f3fd1b, limb2: 0x16b4606fd4d808d6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb30026e7ebe9a70727ca4786, limb1: 0xc1007922fe057903a21520c4, limb2: 0x17f19c580125a806, limb3: 0x0 },
        u384 { limb0: 0x852860e6cb851d4a388b5d4f, limb1: 0xf17346f5e727721c57208d25, limb2: 0x21bd5b792a17ef0b, limb3: 0x0 },
        u384 { limb0: 0x740ea5598581a85573ffce37, limb1: 0x1407ac6a7045176d8bb6deb7, limb2: 0x19c9823ad7319f6e, limb3: 0x0 },
        u384 { limb0: 0xe06e9cb4af60fa3ac1caa05c, limb1: 0xd6c8bf7c8699c176e5fc0652, limb2: 0x1b4db8ff48854d40, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa87ad7750d42ffce804c8083, limb1: 0x470e122560618c758a6fc0e3, limb2: 0xb6864597cecb65f, limb3: 0x0 },
        u384 { limb0: 0xb66ca86e88a7e3c5611338c8, limb1: 0xca97ce02737d3e1bc7b1d3e8, limb2: 0x205cc6e9dee350a0, limb3: 0x0 },
        u384 { limb0: 0xa509c1b0beafaf743e5754b6, limb1: 0xc7cb14a4caadd6ed0ca314aa, limb2: 0x27d7c558a0258b7d, limb3: 0x0 },
        u384 { limb0: 0x71ebb3a7e5e79f2e975ee521, limb1: 0x8fdf46f373e93109d6011d78, limb2: 0x252fab0688e18af5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe895732cd41563fdc82e9905, limb1: 0xfe0b4e0a31eda71170db6f73, limb2: 0x138a0ae111860ae3, limb3: 0x0 },
        u384 { limb0: 0x3adf29ff9bdfdd56b81b2c07, limb1: 0x808bc6ee9d3b73738d152e3d, limb2: 0x2daafd5a7f0d031e, limb3: 0x0 },
        u384 { limb0: 0x82dbac8dede2959c4a20bea0, limb1: 0xe196977e9175f16dc0559f53, limb2: 0xece15dfae27e022, limb3: 0x0 },
        u384 { limb0: 0x1209742d8def69394172b9b6, limb1: 0xa2bdd2e852909918c0b01763, limb2: 0xf54278d785b63b0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9be4c2a5cc04ef91ea7aab25, limb1: 0x37554a5cbf514f30a20b3c1a, limb2: 0x125691b832ddc289, limb3: 0x0 },
        u384 { limb0: 0x8625dea903bbf86f4dedd6a2, limb1: 0x9047d81528a26947012ae974, limb2: 0x119219689474ed61, limb3: 0x0 },
        u384 { limb0: 0x83f1776b0aecd71d41828aa, limb1: 0x76dafe4579eb68f01f65f7c2, limb2: 0x2b303ad360fed88b, limb3: 0x0 },
        u384 { limb0: 0xc812e5b9d87dffe056f66046, limb1: 0xbd3a481ac192dbf2c3ff2a3f, limb2: 0xcc4c8f9d1be7195, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9d65c016a3e2b0bff4912300, limb1: 0x79748be248d6776f47614831, limb2: 0x8af4d7ace218b19, limb3: 0x0 },
        u384 { limb0: 0x18b0af73cd482de72e1ffa60, limb1: 0x285989fd4c14d1b1c9edcc7d, limb2: 0xda233f30216cc7b, limb3: 0x0 },
        u384 { limb0: 0x9d46a79f6afb9ba299716133, limb1: 0xbbfe187dabc59ae204c20ee4, limb2: 0x22594f1c122f0bc2, limb3: 0x0 },
        u384 { limb0: 0xae505fb4af4b3693911cb5f9, limb1: 0x514acb3fabceb22e89c6d3a3, limb2: 0x2d550d270c4db4e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8091a9313ff6efdcebee8fb3, limb1: 0xc4d3af8e3e90af2242c11a0f, limb2: 0x1dc5b7411d79459e, limb3: 0x0 },
        u384 { limb0: 0xecea2cc1df57993955cbb99d, limb1: 0x30202662632d5433fc1adbec, limb2: 0x1a3a9871da0c46ec, limb3: 0x0 },
        u384 { limb0: 0x5a1970ba1583ecbbb9fcb570, limb1: 0x3393870e559d8c3d15705bfc, limb2: 0x2563342afaeaee8, limb3: 0x0 },
        u384 { limb0: 0xe6f105f6ec708f0117006085, limb1: 0x7db434cd0dddaa0dea071961, limb2: 0x1f328df868195a7d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x154c62c4175a98a53120418f, limb1: 0xe4f992b404e55546d6d1cc45, limb2: 0x552d84572eb45cc, limb3: 0x0 },
        u384 { limb0: 0x80fa6d6596b4f7d3bfe52811, limb1: 0x723b4b15e75c60bf5ad79b50, limb2: 0x2ac241ccee4150ce, limb3: 0x0 },
        u384 { limb0: 0x7f3b2db42a19038b06fe3396, limb1: 0x385fb943621daf39acfd4a1, limb2: 0x7c245f163b7ff06, limb3: 0x0 },
        u384 { limb0: 0xc5f33e65886426b87992d165, limb1: 0x7175b65edea0adfc7b96bf8d, limb2: 0x1961a29a4e861fa4, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9d1802e8c4e56afb312db12e, limb1: 0x64f1e7f2f73b4c30e784b73a, limb2: 0x1544d28401fb6ad3, limb3: 0x0 },
        u384 { limb0: 0x8cbc530c663bf5cdd21ecfbe, limb1: 0xb001da3c706c53a6116d9a44, limb2: 0xb8228ed57dd7cab, limb3: 0x0 },
        u384 { limb0: 0x78f4bfe6a9a826b1ee9200c3, limb1: 0xdc2fc1bf8b68577341f8e98, limb2: 0xecf52ddf3208578, limb3: 0x0 },
        u384 { limb0: 0x6030574baad4a7bb7650fe6e, limb1: 0x5061d4a4365637edd8e1e6d, limb2: 0x2c2d804628545814, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe88cc05c2f8c8f851950f0a, limb1: 0x8b88278b4b10653ecbd7206b, limb2: 0x23fb7a8175527e3f, limb3: 0x0 },
        u384 { limb0: 0x12499b12ef7efac0d10a0288, limb1: 0xe59e1857159a0d2c5e7f2a5, limb2: 0x21fe747e8d3cb842, limb3: 0x0 },
        u384 { limb0: 0x7f1be3e18e20c9f69ab56423, limb1: 0x551f985a31d1bda0f7c14155, limb2: 0x2eb79185ba617551, limb3: 0x0 },
        u384 { limb0: 0x4cc905eca6879d0f2ac85558, limb1: 0x8f6194bec3d58e411a6b963f, limb2: 0x1ffe447d89dc263e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x71fb5d3aa63235ba6340e02c, limb1: 0x95ce0183bb60579bd5ce7de5, limb2: 0x1e310f1d9aa0b0af, limb3: 0x0 },
        u384 { limb0: 0x683031cea15c78a99ead1717, limb1: 0xb001f0d81bed67d195887bb9, limb2: 0x102e0be7fa6fe8d4, limb3: 0x0 },
        u384 { limb0: 0xd3efaf2633a91c0cf135e6cb, limb1: 0xc976050118142db31a3d5014, limb2: 0x60f67d90b300311, limb3: 0x0 },
        u384 { limb0: 0xdfe151c8b3216c5de4278bb0, limb1: 0x3a310aecaee757ff60d59c43, limb2: 0x859eba8ce21f7c8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x283ef6d8da0e9c33b435b565, limb1: 0xdc0a343d88d786bd2d7b8b38, limb2: 0x3b3b972e7793675, limb3: 0x0 },
        u384 { limb0: 0x349140e8b75aaca284d2dbf8, limb1: 0x2b9cbd7056e7280a4ce89a4c, limb2: 0x120dc53bb7df0418, limb3: 0x0 },
        u384 { limb0: 0xaa68278faca62df508612bb1, limb1: 0x191f8ab8685c53fe42de7ac6, limb2: 0x2806d46cb702ea21, limb3: 0x0 },
        u384 { limb0: 0xc7fa2f6a1108a0ab155b60c5, limb1: 0x2493c3b2cbbbb53ac84d3b9b, limb2: 0x36cfa51644f6c00, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4d39267c1373d2489ec5a5d7, limb1: 0xf7aac487c7a5c5ecdfc03fd8, limb2: 0x28bede57bed19fd, limb3: 0x0 },
        u384 { limb0: 0x5847af65dc913209fc45b713, limb1: 0x3cce2d7c615be15073ec7029, limb2: 0x98056f79958c59a, limb3: 0x0 },
        u384 { limb0: 0xc27b7634d655aa1c58d08926, limb1: 0xd702d1f27d4f7bf60b89848, limb2: 0x182bf06fe2fcc53f, limb3: 0x0 },
        u384 { limb0: 0x272f69bf4658dc6ebf13e6f0, limb1: 0x7b806747d7517001cb25f7ba, limb2: 0xc4f80cbc68625ea, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4e9ae0f34905e57f58e78d58, limb1: 0x2e74d9ea6fa9488cfaa5d1a9, limb2: 0x3f8f9de83a54b78, limb3: 0x0 },
        u384 { limb0: 0x697266490ba31752fdbeb827, limb1: 0xcaedf56a7b6da6aacf85cfc9, limb2: 0x2263cb015132651, limb3: 0x0 },
        u384 { limb0: 0x94b413abdaecd03f632b63b5, limb1: 0x1ee74867cd1c2cdf3152682d, limb2: 0x2d5aea438f9c5fae, limb3: 0x0 },
        u384 { limb0: 0xecbe4340a210839095bd2153, limb1: 0x6240628ed5cadba62d69a4e8, limb2: 0x2a6b500437acb54c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xde5661dac175495d406c17a, limb1: 0x2ea7d4b24100b75cbe799a5f, limb2: 0x26e2111a1dbe33c8, limb3: 0x0 },
        u384 { limb0: 0x2fefd45003e2685085a29a88, limb1: 0xdc2edf954cc05a501074b034, limb2: 0x261010e0c5aba4f2, limb3: 0x0 },
        u384 { limb0: 0xa71e37177c761ab7783ee14d, limb1: 0x761872893c1156c2d3653012, limb2: 0x24f51084077824dc, limb3: 0x0 },
        u384 { limb0: 0x2b60058bb3776f849ad5fb3, limb1: 0xf8fa2f364938595060a64007, limb2: 0x28112e17ea9fb84c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x35ca5bf98e35562a8cfc75b4, limb1: 0xdcb451eb936dca45db916364, limb2: 0x302df06627440f42, limb3: 0x0 },
        u384 { limb0: 0x6705b82698df68ebda74bf50, limb1: 0x72ce780c38ee8cbc857c1e88, limb2: 0x71d8cc6cef1734a, limb3: 0x0 },
        u384 { limb0: 0x16c05d64ce3faa92ac64721, limb1: 0xa86e75f882178a7083ab33f8, limb2: 0x10f08a076bc58374, limb3: 0x0 },
        u384 { limb0: 0xba77a0595d93f7a948e8bb5c, limb1: 0x67f40845bf526089fdf549, limb2: 0x230444b117ec1f9b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xae4ea679892a5e1682300327, limb1: 0xa5002512dca8eb15fcf08eff, limb2: 0x5d56d5eaea09714, limb3: 0x0 },
        u384 { limb0: 0x6af448528e325848532ca79a, limb1: 0xf28cdbb12801d0ba377928fc, limb2: 0x16002cdcf807e08b, limb3: 0x0 },
        u384 { limb0: 0x2575442c63e91b1a770fe212, limb1: 0x4e72396ffb1dc26eed90619f, limb2: 0x28f6f76ebd99dca9, limb3: 0x0 },
        u384 { limb0: 0x99409fcf45241d148379dd8a, limb1: 0xe6c4914ac82bf0bb21291de1, limb2: 0x18dca4febdd5de31, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x468b2c24bddd309a688132d6, limb1: 0xa54048b033ce73dbbe812147, limb2: 0x2f696b3a12021d, limb3: 0x0 },
        u384 { limb0: 0x10b1a907db6c886232805a4, limb1: 0x5d84a9f9ef7f32f8a161ce22, limb2: 0x15dc20e21e6aac5a, limb3: 0x0 },
        u384 { limb0: 0x6c5de9a30b8d667e36def43e, limb1: 0x26da662d0692ba8a16b94dff, limb2: 0x1f0771039c0b84ab, limb3: 0x0 },
        u384 { limb0: 0xfc6622ac7cc27a6784f2185d, limb1: 0xe00e7938f4502f1811ffaf2e, limb2: 0x2cd72fa67f16282, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc2184e34fa569be610c7b9d9, limb1: 0xc00fd26c4fa9d0528a89f25e, limb2: 0x2e2a33b4fafc2410, limb3: 0x0 },
        u384 { limb0: 0xb5e2d276f0929680f72b16f0, limb1: 0xba0efb61449702848cc47855, limb2: 0x1e74bb5c4c2b74e7, limb3: 0x0 },
        u384 { limb0: 0x37e53eac8330d9ff355a729d, limb1: 0x723a8b2a0b224d6cb3e29c8b, limb2: 0x1dfbbc30d0bb1b13, limb3: 0x0 },
        u384 { limb0: 0xf1f6e35762ba05d76efdadc1, limb1: 0x41cb856664bbfdedfa26f4cf, limb2: 0xce34ec359e935f3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6f72bbd10783feb2040f27f3, limb1: 0x759ea606777120710a1b6e68, limb2: 0x296b95b35802f41c, limb3: 0x0 },
        u384 { limb0: 0x9dc33fd9db9aadaa9fad7916, limb1: 0x4b9881f551ff6d91c7a47f1b, limb2: 0xf83d11ca54e47e7, limb3: 0x0 },
        u384 { limb0: 0xa8ec76a8e82addebdaa7501b, limb1: 0xd0310c576c7017d393ae3189, limb2: 0x2dfaaefcead2432a, limb3: 0x0 },
        u384 { limb0: 0xd594cd7f7430be2f874542b7, limb1: 0xb5937b8aab1f00b1a15dca66, limb2: 0x302b46bcb4eb101b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdda166f6e28da1d209c8fb5d, limb1: 0x936248efe53762e97185eb65, limb2: 0x2b59fbce19be5f86, limb3: 0x0 },
        u384 { limb0: 0xf73f64f9ce86e247fc4c0e78, limb1: 0xe8681d19bba1a793543fdd4c, limb2: 0x14651357d2a9463b, limb3: 0x0 },
        u384 { limb0: 0xd5f35a9b4417719b81904bc6, limb1: 0x8c209ce16ab3b83b7f37e7c7, limb2: 0x1935a003142f7537, limb3: 0x0 },
        u384 { limb0: 0x6716f5b7c400b000f637906a, limb1: 0xea7667a227b83ebdd1c93744, limb2: 0x26077494fb86e3f9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6f13fc57e8689c1d97c2a09a, limb1: 0xec5ff0c5f458e0e7176af5b0, limb2: 0x1c67359219b10ace, limb3: 0x0 },
        u384 { limb0: 0x66e8a962e08d9a52fcaae016, limb1: 0xf9598d77c9793e6bf1be4649, limb2: 0x111c038770c590e0, limb3: 0x0 },
        u384 { limb0: 0x3d137cd90a2614adcc5eb71d, limb1: 0x734ae34ac5b122a1262b040, limb2: 0x9a85ca7d38a14b4, limb3: 0x0 },
        u384 { limb0: 0x4ba0841c3d922f9567ab5815, limb1: 0x839fb69626373d9d0d8f6ae4, limb2: 0x4c3030fde8101c7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa7d3d35dd5851f21ed20c7e6, limb1: 0x9a8b1be2bb41e7cdea03c686, limb2: 0xedc228d40a1f285, limb3: 0x0 },
        u384 { limb0: 0xde026f1579f8b925493048d4, limb1: 0x24943ab260eac1c94a0e41a4, limb2: 0x2b50e86a42c181ee, limb3: 0x0 },
        u384 { limb0: 0x366f8cad4f4db6f47ac502ef, limb1: 0xfdfec1878332f85a43150401, limb2: 0x2200ac39dee7cc3d, limb3: 0x0 },
        u384 { limb0: 0xcd28ec6495de14976d057605, limb1: 0x55ab48e31d0729853cc3d07d, limb2: 0x23cda954d1f6ddf0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xeb779d6086179b8fac5cc861, limb1: 0xa7add9770263fa6220f1c0a3, limb2: 0x942bc026bf57986, limb3: 0x0 },
        u384 { limb0: 0x7186050ade761db098eb77e3, limb1: 0x8aaa2787c8f96c0cd74b0f6, limb2: 0x5ba725a9bedcb55, limb3: 0x0 },
        u384 { limb0: 0xc1f99159b81be6286f26a903, limb1: 0x9fb71ceffa638f148493307e, limb2: 0x541e33b2c8fc595, limb3: 0x0 },
        u384 { limb0: 0x8e3644ae44d730434296f85, limb1: 0x932bc9ba1ca73b35a92ce382, limb2: 0x1cbda3021d06dee2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe3984cff64e684856a60c8ea, limb1: 0xb50104ffae04eec127e417a8, limb2: 0xf716362a5efbfc6, limb3: 0x0 },
        u384 { limb0: 0xc65e61d54cdae50b485d3f5c, limb1: 0x445d0c25f2452ae4131d8f59, limb2: 0x16a6a64593e91d46, limb3: 0x0 },
        u384 { limb0: 0x5ef68ad6ca2bc7de61ff2747, limb1: 0xf0c9ad2f0387a1bbc8b2ac29, limb2: 0x233f31285abd6e1d, limb3: 0x0 },
        u384 { limb0: 0x78f3619455cec3379dab2372, limb1: 0x4cbf7a2ff31f63ddba3b1d3e, limb2: 0x1d61a0542d3ad7e0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf5e965421cf2b1ded6e83e27, limb1: 0xdb65ef2f4c93ce855d165072, limb2: 0x29bc79d35b0de4b4, limb3: 0x0 },
        u384 { limb0: 0x7a4d8443f2a68f6292a5cec8, limb1: 0xdc05b411192467d0399f2a8f, limb2: 0x7ba3cbce72d7a1b, limb3: 0x0 },
        u384 { limb0: 0x76d5c0fd17992a9bddf42dc2, limb1: 0x59a9f79405cc891f61f0b3fe, limb2: 0x2cbc1b17aaa9fc04, limb3: 0x0 },
        u384 { limb0: 0xc473a362a5ca0c45462cba57, limb1: 0xe69fdb448be2f4f4f6a9973b, limb2: 0x16cf5052ba7c5381, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5e228b4858edc65b54e82cc4, limb1: 0x6f87c075f9d71dd1f428c790, limb2: 0xc6c7fac8b273490, limb3: 0x0 },
        u384 { limb0: 0x6da4d530428bba2364bb44ca, limb1: 0x8c3997ad1ccc3def3b1d1764, limb2: 0x2b61183de6357224, limb3: 0x0 },
        u384 { limb0: 0x38d6efb417a60dfda660b83b, limb1: 0xf0855a490a6f1b972cf2c76d, limb2: 0x2a1c427f341e4b58, limb3: 0x0 },
        u384 { limb0: 0x6fd4be3d3436d386d304301, limb1: 0x5b11371e43cd5ce066fba011, limb2: 0x2d7437e4225436f2, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x458c9d9bed9cc9fab271b700, limb1: 0x8bd915be0c8e5be470a2d9fb, limb2: 0x2ce4304eebd3f9f6, limb3: 0x0 },
        u384 { limb0: 0x6ce69949be94083d468bc113, limb1: 0x4c602996e4a82eece95fc712, limb2: 0x401a70e0cd735d6, limb3: 0x0 },
        u384 { limb0: 0xec59c5d7553957d5c3afbd79, limb1: 0xb50312340797466f1ee9c03a, limb2: 0x34afe1825767049, limb3: 0x0 },
        u384 { limb0: 0xc8588069cb0ec895693c5471, limb1: 0xff8f3076a257bdbecfde220, limb2: 0x279a373e67d364fb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x82394af87f9d1c7353aa06cb, limb1: 0xa6f1c47538fbb1783a13cb39, limb2: 0x2fd447d65f99652a, limb3: 0x0 },
        u384 { limb0: 0x1d199d999565f3e240ce3946, limb1: 0x2d986a16b4ab611f85660426, limb2: 0xd45c6ee0ccd7ff8, limb3: 0x0 },
        u384 { limb0: 0xb714a612b114108e242cb1e3, limb1: 0x5c285fc69f1bb717a7977e6c, limb2: 0x21b5afdfe982056f, limb3: 0x0 },
        u384 { limb0: 0xd846f34e838c668c028d37d5, limb1: 0xe65a41af00ea6b908d03db40, limb2: 0x6bc6714faccd79d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x37349f4d707754e2b3e1fb3f, limb1: 0xdcd35b934d19cd707f881c0b, limb2: 0x2ac1789e98f4ae8, limb3: 0x0 },
        u384 { limb0: 0x4ce98d787f9aac9b2930f284, limb1: 0x6e8c948b992b09d10688b5f2, limb2: 0x24bbf073f1b43d8f, limb3: 0x0 },
        u384 { limb0: 0x872a098be88edfd3394cff70, limb1: 0x464b93f65537c6bdb0fe842a, limb2: 0x18f1925db5054f06, limb3: 0x0 },
        u384 { limb0: 0x7ea67d3f422f046f8069f490, limb1: 0x4953d0ff7682df5ea6ed85c, limb2: 0x281cd474271a2c5e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x71d6ac1ecfda6179e33a537d, limb1: 0xa65c0e7549513ffdac2f707b, limb2: 0x2db473d7fb1d2495, limb3: 0x0 },
        u384 { limb0: 0x2b82927b723b958de2682777, limb1: 0x3e197bd7fd37fdd5012c74ea, limb2: 0xc02c4cfe92655d6, limb3: 0x0 },
        u384 { limb0: 0xf264a0e7762700061dd518ad, limb1: 0xf86439b87696d131a3c57200, limb2: 0xcc2e241dd159f91, limb3: 0x0 },
        u384 { limb0: 0x89ba1febb35f3d51baf5163a, limb1: 0x10828192571fbf882d00082, limb2: 0x2962e3337e7a599e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x26274d1453056a4812297e8e, limb1: 0x5d34590d4aaec487f8763daf, limb2: 0x1f3cc0f06c67c15, limb3: 0x0 },
        u384 { limb0: 0x2ec2795c6f546b71ade2079f, limb1: 0xc8a39937b5ec9993448dbcf9, limb2: 0x2180ee24e62a3c46, limb3: 0x0 },
        u384 { limb0: 0x8fe77e1ccd04ffe6b050c9bb, limb1: 0x9786bb099a43fcaf7f5c87fa, limb2: 0x1cba8b3e3aa333ae, limb3: 0x0 },
        u384 { limb0: 0xb62841d16c3797f928a8dd35, limb1: 0x88467fe6a8afa240e2e383e7, limb2: 0x4e9d6bdbacc6fed, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5ffa147fa9f9ead246a55a70, limb1: 0x9b398f5d3e90c91e22855c84, limb2: 0x1d9d3611543414c6, limb3: 0x0 },
        u384 { limb0: 0x5b1afc1b51cceb8eab79d904, limb1: 0xa7e4206cf497fd3403ad2f07, limb2: 0xff6366b9c57f7f8, limb3: 0x0 },
        u384 { limb0: 0x628ac2b1894e47275c5c9c29, limb1: 0x82d61463513d67b7f0490b07, limb2: 0xbab155c98b6f79c, limb3: 0x0 },
        u384 { limb0: 0xa26ab6983e3631b2fea473b6, limb1: 0x86624340005d275ff08858d, limb2: 0x99b9478d606eb7d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8b943f26214ce1294472c86, limb1: 0x5a01155f7392d4359a2eaa90, limb2: 0x64e586f431ddb57, limb3: 0x0 },
        u384 { limb0: 0xb653f57927714d8ef827325b, limb1: 0xcdb3c43242c54f9acf04462b, limb2: 0x25aa1c04d1564f95, limb3: 0x0 },
        u384 { limb0: 0xfd37042f67925fecb822cb08, limb1: 0xbd9cdfbb029730a561d8004b, limb2: 0x4fcfbc9c1860f09, limb3: 0x0 },
        u384 { limb0: 0xb2dee92a9afd0175ae4b15ea, limb1: 0xd1b6d87d4ab574a98bc4be0e, limb2: 0x24a6524ecde2271f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa7d98be49f197e985ef900b1, limb1: 0x219258a97f680d09a7a7d653, limb2: 0x1c23fea2045e314d, limb3: 0x0 },
        u384 { limb0: 0x518194783de3a89926afea51, limb1: 0x17e3bf693b005420bfed04c6, limb2: 0xde159ff7a4ad8c4, limb3: 0x0 },
        u384 { limb0: 0x9885915a5690fb2dbcdc47a5, limb1: 0x650111660242d220bc79cf51, limb2: 0x2c3f53cd396398db, limb3: 0x0 },
        u384 { limb0: 0xfbe9bd3f948429d54ede1f16, limb1: 0x878301700969acf6df17f18, limb2: 0x2812c6f21a81dce, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6a29c06e431b58145528bee2, limb1: 0xc7a51042c283433c762f6b21, limb2: 0x1307aba16865917e, limb3: 0x0 },
        u384 { limb0: 0xbfb597a8d79f356483cb7f30, limb1: 0x9e22659a99e9c1440ec35cd1, limb2: 0x8cd7ea840e69342, limb3: 0x0 },
        u384 { limb0: 0x7665f7d78ce10f84f6e846f5, limb1: 0xc373ff22ad263832654cdcc6, limb2: 0x2855d51cae6a7c03, limb3: 0x0 },
        u384 { limb0: 0x1482ca1fc64457fc303498a6, limb1: 0x71de79b6c216534f8c38a151, limb2: 0x24162e7bc1c17e59, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1008e4ad3dc91a56f5c132cb, limb1: 0xddfe654526aaeb56a0f792d4, limb2: 0x2f573da727756ce5, limb3: 0x0 },
        u384 { limb0: 0x9842e2c67639996eef351ad4, limb1: 0x3144b33739536e6408c88c1, limb2: 0x2b5866ee422c0bd1, limb3: 0x0 },
        u384 { limb0: 0x13d6b55beb3d84c344ab087, limb1: 0xae6feed859f99f80874c4430, limb2: 0x18caedbe878eb9bf, limb3: 0x0 },
        u384 { limb0: 0xf3b7df374ce2ba421bd4bac0, limb1: 0x3910604258117c8ec4f75e92, limb2: 0x1652d157734d5402, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x86230bbdfc955f1b9469d680, limb1: 0xb0ab762385012e899daebdc9, limb2: 0x146492990589faee, limb3: 0x0 },
        u384 { limb0: 0xc60650643929190bd211ef38, limb1: 0x7739a2f6ce86e343462b4b52, limb2: 0x7647ddaf75a4c95, limb3: 0x0 },
        u384 { limb0: 0x8af62f08deef00fa2f80b2c0, limb1: 0x470b9625ee26884d94af46ce, limb2: 0xb7969fc12ec4427, limb3: 0x0 },
        u384 { limb0: 0x93ee79ed501bafe032c51131, limb1: 0x5788a0cf6a05117ed349b57a, limb2: 0x130d715cdc932764, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x31697d350cfcc99d45e77487, limb1: 0x320eaaa61bbf27f3f10fcc1b, limb2: 0x5e5e7a9872c7805, limb3: 0x0 },
        u384 { limb0: 0xba1e9e380af5dfa69c696bfc, limb1: 0xfd7d4564cacd30926e8ef661, limb2: 0x207774cef14f70fe, limb3: 0x0 },
        u384 { limb0: 0x65d132c2ab32e87069c08628, limb1: 0xfc892d9d78847e643dcb8137, limb2: 0x2cc6d0d31ccfd5da, limb3: 0x0 },
        u384 { limb0: 0x2d55328463c06475a16668b4, limb1: 0x6df9ff92184820cf151ccf0, limb2: 0x37f0440cca3d397, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6e8c957607ec903738489559, limb1: 0x74d66748cfc07a346eb3b204, limb2: 0x5882e9734191645, limb3: 0x0 },
        u384 { limb0: 0x60ab7bba893d540ec24acd5b, limb1: 0x56ff384088b57a44cb165432, limb2: 0x2500ccfa5b4ce852, limb3: 0x0 },
        u384 { limb0: 0x156796b625d1806fe389eb68, limb1: 0xa322b026fdc356d0ad7aca96, limb2: 0x241c493be3640ccf, limb3: 0x0 },
        u384 { limb0: 0x1d9fdef4fefdcdea8c273ac5, limb1: 0x519521cf0f0383dd29406703, limb2: 0x19745f1baef9f63a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3ca3862f72f1f0d858b676d3, limb1: 0xa56ba3affb7fef8ee25169af, limb2: 0x11cc2e2f3bce3284, limb3: 0x0 },
        u384 { limb0: 0x7e5938ca2afc0162b9fc66c, limb1: 0x4e9fb21cc17fac56f7ae1c0a, limb2: 0x15789d2e3c762478, limb3: 0x0 },
        u384 { limb0: 0x631ad4447247942eeb32e61d, limb1: 0x1b278db329c29e0534e237e1, limb2: 0x225bb85320e0f087, limb3: 0x0 },
        u384 { limb0: 0xb60f60e2af25e2c664a18a4, limb1: 0xe17fd4337a96f96d4362a611, limb2: 0x3f4ff9b4e52935c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf5254250514baf678140179d, limb1: 0x36bf4663e4d15975f0d588ac, limb2: 0x52853d52cbf16b6, limb3: 0x0 },
        u384 { limb0: 0x9830c0e6a97090144af74115, limb1: 0x7ad0a920d345964228f2c529, limb2: 0x1646d432910d7fc2, limb3: 0x0 },
        u384 { limb0: 0xd8ff31ce1bb90ad94fc0e82d, limb1: 0xd472eacf72a7a9cec1d2d30e, limb2: 0xe244226c5c0ad23, limb3: 0x0 },
        u384 { limb0: 0xbe1c55a639582315ecb2c9c9, limb1: 0x7d4fc312e6737589c1261796, limb2: 0x114caabe09da4a5a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe313ba1a58ef59ab467f0eb7, limb1: 0x100472059ba5329608d9754f, limb2: 0x1f1fd64e8358210c, limb3: 0x0 },
        u384 { limb0: 0x2ca4188c0588fabbff12ae5f, limb1: 0x9ddb69b1231c042fb5674c2a, limb2: 0x46dbd569add0f04, limb3: 0x0 },
        u384 { limb0: 0xf5635e260f5983be322ea5d, limb1: 0x8f108561e74a794e7901ef3e, limb2: 0x3062b70b979b9b51, limb3: 0x0 },
        u384 { limb0: 0xc0b1fbe1586bedd70f9efb5f, limb1: 0xa5d90872b79797b91f08e780, limb2: 0x1067adf0d65c48fb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc856810a76388bea73fb6a73, limb1: 0xb59f31d0169a04680ed88aab, limb2: 0xed49636284ae041, limb3: 0x0 },
        u384 { limb0: 0x621bb22758ea08037240948, limb1: 0xe403f981337b41c922fddbe7, limb2: 0x92a36f289b44eea, limb3: 0x0 },
        u384 { limb0: 0x5bb6251ac5fce8e5ca765991, limb1: 0xbf43882938d8f81b11546187, limb2: 0x120b8d31e6141d4d, limb3: 0x0 },
        u384 { limb0: 0x7ed46d400bf232512cf9be53, limb1: 0xf411ddbcc604a67c78c05fb2, limb2: 0x2158527c50746b87, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe11d1b3c2afbefa869df8209, limb1: 0xe4ae8e127a21280622c1c174, limb2: 0x2a006fe3a540b848, limb3: 0x0 },
        u384 { limb0: 0x64527b2e283432a8a2bbe524, limb1: 0xe4dc406d848ed81514d2e353, limb2: 0x40cad60f7647eba, limb3: 0x0 },
        u384 { limb0: 0x7e4371773fe8c065b3c07588, limb1: 0x96ab74c06b54a719424219a6, limb2: 0x1b64dfdec1133532, limb3: 0x0 },
        u384 { limb0: 0x9bd1cf2634599754c90731e6, limb1: 0x5514071e6a3dc54141305aa4, limb2: 0x921a56162f2fcbd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd0c1659c135f5f32c6a439e3, limb1: 0xc253a0cec42238e043dd12ed, limb2: 0x239b10d586caf17, limb3: 0x0 },
        u384 { limb0: 0x1b9d07d1f98aba5ae1543bfd, limb1: 0xd821f5fa56cd55cb32813ea8, limb2: 0x1b17de830f26bf, limb3: 0x0 },
        u384 { limb0: 0xf0dd1edc28c0e6411ec1d985, limb1: 0x87fc33db3b8cea436a854998, limb2: 0x292e10604c393e4b, limb3: 0x0 },
        u384 { limb0: 0x262c92e8b218abd1ea4f102, limb1: 0x67edef0723e38c772409f077, limb2: 0x1127e1fde8e0bf8d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe32d2f6c5c4ebfcc17ab38ed, limb1: 0xa458ea7671b294c03be4f74a, limb2: 0x93244f0ef79532e, limb3: 0x0 },
        u384 { limb0: 0xbebd711fc3bd03f765f7975e, limb1: 0x637bf8ee1de4ae9b2d2e6184, limb2: 0x4f874a219c13a91, limb3: 0x0 },
        u384 { limb0: 0x7044a4cc550521959ee9f24b, limb1: 0xf6404bc20acbb20061535d97, limb2: 0x1451ec7b1daa9865, limb3: 0x0 },
        u384 { limb0: 0xc1ab5cf26ef0b6e9f32d9733, limb1: 0x239c72e3b77ddba3f9751101, limb2: 0x2e90a82c197d3c9c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2d94f63c988a9e835c3107dc, limb1: 0x2846e39db80434af97a1a84a, limb2: 0xd6e40533e2bb00c, limb3: 0x0 },
        u384 { limb0: 0xe1c370ad406a53d3b4b01b4f, limb1: 0xcdbd9398591a6c9e5aa8a245, limb2: 0x143f5fea1635d923, limb3: 0x0 },
        u384 { limb0: 0x72b7fd80eb79ad0657475d1a, limb1: 0xab3537ecb897b7f4d8686d79, limb2: 0x1aca447c8616ddfd, limb3: 0x0 },
        u384 { limb0: 0xb118d8d4bff0ce2882b51936, limb1: 0xbbf1fca06399e8f4934ddf89, limb2: 0xd00d1b0f0390958, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xdff942c73480204a8fc31262, limb1: 0xf3b05558d3fd78571913f274, limb2: 0x2f128e85785da344, limb3: 0x0 },
        u384 { limb0: 0xb6f04a734b10eb378041f598, limb1: 0xa241f3ea9997e6a5a80fd04a, limb2: 0x2c38eb58abf15402, limb3: 0x0 },
        u384 { limb0: 0xd78e7c716ede68397a6f8a74, limb1: 0xfc20b2653efaaadf314f2ae8, limb2: 0x2eed117a777a42f3, limb3: 0x0 },
        u384 { limb0: 0x4c3b36986d78f9cb5b119a58, limb1: 0x2ad5ba16db3c1ef799a35020, limb2: 0x7107389b58bb0a1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x369f8a47cc2bf00444a0d71e, limb1: 0xb2874c84ea2bb030b64d2463, limb2: 0x2f504999d8cc7fb7, limb3: 0x0 },
        u384 { limb0: 0x321a48783d8616eb35e3219c, limb1: 0x5296c88d248190dfb2eac672, limb2: 0x94d5048886ad8c6, limb3: 0x0 },
        u384 { limb0: 0x3bcb18df6c7564a06805adc9, limb1: 0xa532d01d97c5a0f5f9cb7076, limb2: 0x1acdbc74d28aba72, limb3: 0x0 },
        u384 { limb0: 0xf9abd71fa4d30d529bfbad01, limb1: 0x15f5b07ced7d7fa2b74071b5, limb2: 0x92d55a63428b23b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd3b91ce41b4441f5174958bf, limb1: 0xddc27e8d782916006084e391, limb2: 0xf8f6a1ceb62d775, limb3: 0x0 },
        u384 { limb0: 0xedd578ddf1f89381cfc6c715, limb1: 0x6f32e25e2dce335a8a790691, limb2: 0x203a6b99017fa285, limb3: 0x0 },
        u384 { limb0: 0xa6e4afc45545fe0634ad7fa2, limb1: 0x7cb45c1f9262e1475c9b4a45, limb2: 0x1c30f4bad8625766, limb3: 0x0 },
        u384 { limb0: 0x62986042ba7e9a7a750dd942, limb1: 0xcbfc464dd5657506454bf7cf, limb2: 0x1029b662bcde998a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x142735cc5dec2e8b1aae4e02, limb1: 0x8b9bc2a4e420481b0eb876ad, limb2: 0x2778a956d65a75e, limb3: 0x0 },
        u384 { limb0: 0x77b270399cb0a74200e69a47, limb1: 0x8d983ff2efefca9dabcdf388, limb2: 0x914fe8467eedffd, limb3: 0x0 },
        u384 { limb0: 0xf37b734d1b2678b5ec1f3910, limb1: 0xc24f7c349c5c1f29c463c780, limb2: 0x179903f4b4c9fdb6, limb3: 0x0 },
        u384 { limb0: 0xa8157e70cde045126e1a69e6, limb1: 0xaa76d2d48bfbde54971d2eac, limb2: 0x1628199ac0f433e1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x121438771d163613a71d9600, limb1: 0xc2baa697098a8f221bd1b28c, limb2: 0x5a4fb7e29f02b43, limb3: 0x0 },
        u384 { limb0: 0x533af6bf70b93f02b6c64cf9, limb1: 0x9544a51df829be6eadb44a31, limb2: 0xc5a2cf938630004, limb3: 0x0 },
        u384 { limb0: 0x55fe412b6d65bd54c6182ba2, limb1: 0x8c2a435300cbbb6b80acd352, limb2: 0x26f43933589034ce, limb3: 0x0 },
        u384 { limb0: 0xcb0a99b526c289694dbb47ed, limb1: 0xf8882ebe2ec67cf395e2c44f, limb2: 0x1556687b76a48401, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xba4b49f3aeed3870816b3bc7, limb1: 0xdf641de3ce2c96ade2c37774, limb2: 0x2521b48e1430e7ce, limb3: 0x0 },
        u384 { limb0: 0x96f669dee4b8f64c14bb95a, limb1: 0xbc7da70933295da6d5889d80, limb2: 0x262e03477c6d80e6, limb3: 0x0 },
        u384 { limb0: 0xc38e37cf6b0207fd040906ce, limb1: 0xbfe00e70dc4d9659a5df5130, limb2: 0xc555c96d2a37bf6, limb3: 0x0 },
        u384 { limb0: 0x99f6a2a66ed645a583d0725f, limb1: 0x2f231f02ee4ad8f05a705245, limb2: 0x2fa26d0e059ea119, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb4f10788e2902c49a59bfac2, limb1: 0x8e934be841e84dc7bdd9a698, limb2: 0x1ff75a2cebf85d06, limb3: 0x0 },
        u384 { limb0: 0x3a76875919d96324cbd54a08, limb1: 0xbde3d26644c7c4088c69fd8a, limb2: 0x2e579de97382ae1, limb3: 0x0 },
        u384 { limb0: 0x16205a642fb7847db233b8ef, limb1: 0x2aff9f58b949bf03274fe7fe, limb2: 0x10098bd6c27d71c9, limb3: 0x0 },
        u384 { limb0: 0x339c1661c86e27737894272c, limb1: 0xac6e1e811576f103d700a9dc, limb2: 0xba315d06b9e77c7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd0b90cf1ff12b512ac25cf7, limb1: 0x43d91005a24c05374b109776, limb2: 0x1962625e36f7851c, limb3: 0x0 },
        u384 { limb0: 0x13a902895f799f0b20905a8c, limb1: 0xc6d059f6d1b81286c620f8e4, limb2: 0x1b62ab2cd2d3bbc2, limb3: 0x0 },
        u384 { limb0: 0x81c07f1a637ad26daf5d5d82, limb1: 0xa9f63b33904db6d74b32ae7c, limb2: 0x869ef6eb3995177, limb3: 0x0 },
        u384 { limb0: 0x5b430d6ada586e4e59900de5, limb1: 0xe613c1e3e7b8d7515daba998, limb2: 0x121947fb06cc7fa, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd937c834ae72b4a6c1af962d, limb1: 0x76868b17b6742f3c398eacbf, limb2: 0x364b3f03cb813a8, limb3: 0x0 },
        u384 { limb0: 0x69638109a183c8bd17287949, limb1: 0xe1e5e4bac1b2eeb4eadf2430, limb2: 0x2bd47312a4363b93, limb3: 0x0 },
        u384 { limb0: 0x3e7158efa5ad12c4eee429b5, limb1: 0xf1d528c9cd4f7614e71ca1a0, limb2: 0x693e2ed6f27ca3d, limb3: 0x0 },
        u384 { limb0: 0xd652eb4574ea7b73a7531d47, limb1: 0xf335a5620617af6fc1dc001b, limb2: 0x21bef523774ea76a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4f768d84dc10e312f8976ad5, limb1: 0xbd8c73fe2ee0295230e4deb7, limb2: 0xcad483c2dcbcf9, limb3: 0x0 },
        u384 { limb0: 0x6edd7f845dbac991608f7933, limb1: 0xdc0f8d8cd1d65dcf614ceb04, limb2: 0xc57e452c1790412, limb3: 0x0 },
        u384 { limb0: 0xdfff2e12fa949e22b4449a12, limb1: 0x9d06e167df7281b8df096456, limb2: 0x1cfa96cabf7cc553, limb3: 0x0 },
        u384 { limb0: 0xc4eb294b878d570d195c4f04, limb1: 0x27882f85b116e4912f7c5139, limb2: 0x117be210c341909e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7500206d7c109d65d9c80f27, limb1: 0xe71e7f8450b4ee65c847eb2a, limb2: 0x2ec16b94ad63d590, limb3: 0x0 },
        u384 { limb0: 0x8ff6141434a51ef6c8f61863, limb1: 0x18c7a2a456acbcb9da9859e4, limb2: 0xae02266b1fae4a2, limb3: 0x0 },
        u384 { limb0: 0xe12d380da05077012e18b324, limb1: 0xa8c588885ce037ce07fa19af, limb2: 0x207843288b769043, limb3: 0x0 },
        u384 { limb0: 0xb5964b7b86afe3175455f255, limb1: 0xa9cbfba7594ef048f6a042f7, limb2: 0x2f1a5a22bbf36ff3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcfa58cdff97c9383752233cd, limb1: 0xeaaa36d7701c8bc56f61685b, limb2: 0x1a330ce1fe1c51b, limb3: 0x0 },
        u384 { limb0: 0x8e818b2eda574bfcff61e76c, limb1: 0x1c33d4a9529430a4d2bb0583, limb2: 0xaed987ebbfb6d3e, limb3: 0x0 },
        u384 { limb0: 0x8089e1cb191d13e71c9bdc10, limb1: 0x230d095d7aca92add7c8bb2b, limb2: 0x2666c123205d0384, limb3: 0x0 },
        u384 { limb0: 0xc8c6effe20ca5346db2536f8, limb1: 0x18770efb65f4ba741ece5cb3, limb2: 0x2c33c6fa63b22957, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x175732026ad98e988706f88, limb1: 0x415e8fc37895fa774b6c031, limb2: 0x246b92632944f363, limb3: 0x0 },
        u384 { limb0: 0xcd11f004231ccb511e789545, limb1: 0x67f1e2055d5542b56708fc5d, limb2: 0x14bbf6004ac4d763, limb3: 0x0 },
        u384 { limb0: 0xe6f35467739b474edb91229a, limb1: 0x8e2e10d80f616a3b72bb6b3, limb2: 0xa45df1188b408fb, limb3: 0x0 },
        u384 { limb0: 0xf77fd864f439bf73c24c796a, limb1: 0x509f404c18fe1802905fed1d, limb2: 0x1218e423a1db6f44, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x27ff32a1ade93ed513efee51, limb1: 0x8b7fc6eb9ba107c930a7191e, limb2: 0x16f671378a49b32e, limb3: 0x0 },
        u384 { limb0: 0x7fffd22aafc32781aaa577b9, limb1: 0x945212c75f3fe7c6e9079190, limb2: 0x2b4ad58125ff0db4, limb3: 0x0 },
        u384 { limb0: 0xe5ade035fe82c5206d1b3c44, limb1: 0xcfe3eb773f43c992ea39dd04, limb2: 0xdbcd059a5697494, limb3: 0x0 },
        u384 { limb0: 0x5e1187ceee4b53c100700a1a, limb1: 0x5e191af89f5e8ca2f110b101, limb2: 0x2a76d02ba99073c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x456d80c9179f63e3bf736389, limb1: 0x42c1746e34b41fcf1fd6103d, limb2: 0x279ba52bdbddd5d8, limb3: 0x0 },
        u384 { limb0: 0xbc1ea0befd8256f04d6c8d83, limb1: 0xb684b4eba6abca681da70f43, limb2: 0x26065c4d2bcbcfc7, limb3: 0x0 },
        u384 { limb0: 0x7c9d7d16947bf8cd6b60139c, limb1: 0xa13c617596ceea904a13c93e, limb2: 0x1f99234133cabcc0, limb3: 0x0 },
        u384 { limb0: 0x2a6a2dfa85c62d80d464fab5, limb1: 0xbcd9638d14ce82b12579f69c, limb2: 0x1ba2ea14f1db13cd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8b581236249f03720707f70, limb1: 0x717403787c45e070c1b979c4, limb2: 0x16ebac20a3448142, limb3: 0x0 },
        u384 { limb0: 0x14ef8816f58733789bb41d84, limb1: 0xdb81396582350b49a990bf4a, limb2: 0x2c82607996588274, limb3: 0x0 },
        u384 { limb0: 0xebb5de6f726a26d6f1ca59c, limb1: 0x6eeb3a17a2cb03e6b7e1c8a9, limb2: 0xedd88a7725047fa, limb3: 0x0 },
        u384 { limb0: 0xee94ffc46a092517acc3e38f, limb1: 0xbb5b52fce1bcee609754c296, limb2: 0x48ccf3bea23ce47, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa83ecb02310349cee7dd162a, limb1: 0xb15129bc6cfca0e57b6dcb02, limb2: 0x2ef7021ec99b0749, limb3: 0x0 },
        u384 { limb0: 0x371ff7b9180bb0d81dc00f14, limb1: 0x70a4c5c8f2d164a51c803b8, limb2: 0x1fbed173a2586f62, limb3: 0x0 },
        u384 { limb0: 0x61c86cade2e6e2965a9b468, limb1: 0x4f18b91f2cb21623eb4500e3, limb2: 0x1f75ea65afff9538, limb3: 0x0 },
        u384 { limb0: 0x2d4bd3f08b7db271ed954947, limb1: 0xf49ad55b7cb8d38e0078be61, limb2: 0xb3d53a11f8708ec, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x17d46ef13b65dab2df2b25ae, limb1: 0xc0d00fa6f5381b23960f12a9, limb2: 0x286de594e0f36cf6, limb3: 0x0 },
        u384 { limb0: 0x9949e20ebd2918558802a1cf, limb1: 0xfe6983e0b5eb7a7d23dfbaa9, limb2: 0x1434377a548a5dee, limb3: 0x0 },
        u384 { limb0: 0xaf6432ae3ce7e6ce47101eb2, limb1: 0xea1c527491ec37c72efc59b2, limb2: 0x2d37acbd342ba054, limb3: 0x0 },
        u384 { limb0: 0x616d71db00ab876fc8664efe, limb1: 0xc1dec955e5dadec1459f2e50, limb2: 0xd3ea9b60ff9c487, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x534d31376323a05de16aa92b, limb1: 0x907cac16eab5b1c9a5a50c49, limb2: 0x21482cb5f2673e35, limb3: 0x0 },
        u384 { limb0: 0x226f812abe544aa9d1a6b1eb, limb1: 0x2cd0823868c59fa132c120e, limb2: 0x17726ec1a4a02727, limb3: 0x0 },
        u384 { limb0: 0xbc6e6da4bf1f723e137854c5, limb1: 0x5ad639cdf97480f52a5da47c, limb2: 0x173162ee07829469, limb3: 0x0 },
        u384 { limb0: 0xe20d3e5ebd3e177ab1f092c0, limb1: 0x5a6cd21d14adc576460fb617, limb2: 0x1e9fd656747644c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbc7dff4c13835b2e88ce206b, limb1: 0x6e13858a754ed072714ec5da, limb2: 0xbe621f6fa5710aa, limb3: 0x0 },
        u384 { limb0: 0xcf8b90fd9e932e75a68d7b29, limb1: 0x4da73195d9cb7de3564ca344, limb2: 0x1c2e0544e56bae8a, limb3: 0x0 },
        u384 { limb0: 0x4c795db2aab80cf57afaa107, limb1: 0xa141be037d2899adec490fd5, limb2: 0x13d7db3e273e419b, limb3: 0x0 },
        u384 { limb0: 0x3d6671e06e1c193cbafa77b1, limb1: 0x1af95795a5e998ef3bc0dec6, limb2: 0xbec5d1005d978a0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x62f21105139595b2b22c1a0b, limb1: 0x35177c8d06f04d7e4e4fdf96, limb2: 0x1fb189ce549e8327, limb3: 0x0 },
        u384 { limb0: 0x88505b97f97ddc1abe82a540, limb1: 0x276903fcd4e4885d346f8c35, limb2: 0x2e30a38d2247b598, limb3: 0x0 },
        u384 { limb0: 0x88bd3cfce433a20e58bdc150, limb1: 0xf5aa8d5200de8042d7285cf6, limb2: 0x2d1f76a7af4aaee7, limb3: 0x0 },
        u384 { limb0: 0x8f19ad5f4c452094ffdb01e0, limb1: 0x6fdbb07d74f4d0b5cb34a0e0, limb2: 0x2c0c657036a33eba, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x85f09f5a84dd2a974a37fcf2, limb1: 0x1f2ad3f13d22f5f796ce19ea, limb2: 0x5a12a39fed92cb4, limb3: 0x0 },
        u384 { limb0: 0x8359bc426a06ab723c836cb0, limb1: 0x7660254cda5918f56d455651, limb2: 0x288b55597f961584, limb3: 0x0 },
        u384 { limb0: 0x383e89bc67f80d365d1cb891, limb1: 0xdb5f952f694750388b4d5de0, limb2: 0x22fa30b61da68902, limb3: 0x0 },
        u384 { limb0: 0x548e5ed87339aa2651321c1d, limb1: 0x1c6360ef35703867eb99b9e8, limb2: 0x117ec6d755831487, limb3: 0x0 },
    ],
];

/// Slope and offset of the loop's lines of δ.
pub const DELTA: [[u384; 4]; 88] = [
    [
        u384 { limb0: 0xe09c6fe9fa44280d736b6ff1, limb1: 0xf23db17aaad5de9e8f052a2d, limb2: 0x3d9152f7cdbbbe0, limb3: 0x0 },
        u384 { limb0: 0x153d31436ace7a5f149e6114, limb1: 0x40f2ad9e8e493eef622b95e8, limb2: 0x13a09851a280a2de, limb3: 0x0 },
        u384 { limb0: 0x74000fd89d0dc2dfe1cba517, limb1: 0xb812d96603708a5cffec3acb, limb2: 0x267bf9f983abf1b1, limb3: 0x0 },
        u384 { limb0: 0x57e61b7e9ce7eba7395e22fb, limb1: 0x8d7104fc9de6b49947f7f3e8, limb2: 0x2a6460de35e9fea0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3298d20945710c2df33292bf, limb1: 0x4d45e751055f503d9b117aee, limb2: 0x248676395d75acd1, limb3: 0x0 },
        u384 { limb0: 0x2ba6f736e181e5170f441e64, limb1: 0x33ea9661bcb9fb2886542c3c, limb2: 0x2d6ac2865a81c48c, limb3: 0x0 },
        u384 { limb0: 0x281dd0994d845983a5b7e7bd, limb1: 0x1020c23d5088be21ff655dae, limb2: 0x2577c7cab8d6d887, limb3: 0x0 },
        u384 { limb0: 0x67d0b73638f21a973139633e, limb1: 0x1c7401134a117e73300ad6b9, limb2: 0x15227a39660446d1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5324746a4be895412675f776, limb1: 0x95aed3f823dc653a9200faa1, limb2: 0x2423fb001338ea8d, limb3: 0x0 },
        u384 { limb0: 0x572ed2e6aa0e98641bf9c85b, limb1: 0x44af84cd703faea61ea80fab, limb2: 0x17647ed2d59b8bc, limb3: 0x0 },
        u384 { limb0: 0xd4f17d1de4d516df03201a33, limb1: 0x982eb3bd9448531e48292594, limb2: 0x199bf67ade776240, limb3: 0x0 },
        u384 { limb0: 0x4b0762621b29d8d2032a88b1, limb1: 0xa3cc24438ea69340978fae00, limb2: 0xb718a95ffd757e8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6b6284a2406a705d9803ae65, limb1: 0x37ff8c5c171d576f1f9045a9, limb2: 0xdaac17af6ecef59, limb3: 0x0 },
        u384 { limb0: 0x27ff59e42a61b420cbc8dc72, limb1: 0xbefd67db197a9ba0251a940e, limb2: 0x25a66344b5bfd145, limb3: 0x0 },
        u384 { limb0: 0xe4dab27f2907bdd6aea89f8a, limb1: 0xb93f01911f8e473d8e233f5f, limb2: 0x14a5507bcae21951, limb3: 0x0 },
        u384 { limb0: 0x38d493bb4e3dd9806542fd43, limb1: 0x5954948290b930411f767bc0, limb2: 0x214419f2e54dc08f, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfcc08681a61dbb9ded0fd09c, limb1: 0x44ae8ded0386a1032da41392, limb2: 0xbacacff1cff7604, limb3: 0x0 },
        u384 { limb0: 0x92fba899a0a55c0282fea827, limb1: 0x9702503fa93b3096adbc8b6a, limb2: 0x6fb698add3e800e, limb3: 0x0 },
        u384 { limb0: 0x5875a7a4e4210e9572c53725, limb1: 0x67a5a41156456aee3250248, limb2: 0xbdd889e8d90ff2c, limb3: 0x0 },
        u384 { limb0: 0x13204d3af92ed7e309a5080e, limb1: 0x1eb0e2033a9a89768de1632d, limb2: 0x18c4e7a5d05ccee4, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2acbfacd160a19231e465308, limb1: 0x5a5238443ad3abe519a15280, limb2: 0x53185f0a6411e9, limb3: 0x0 },
        u384 { limb0: 0xdb6218553571a5bdd3d57334, limb1: 0x73826cbb2b6e44bb3e2beb87, limb2: 0x310673ba758e8e2, limb3: 0x0 },
        u384 { limb0: 0x5bbdc21939deca4abbeb62e7, limb1: 0xdc9fa71d5a50e3b61b151301, limb2: 0x1c769e7fd0c6cafb, limb3: 0x0 },
        u384 { limb0: 0xeeaaf2cd7e9e7aad5e520bf2, limb1: 0x8dc83d402c94f014e2cc4625, limb2: 0x1b24eb10a7678c5c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x84c81732d1e89e320d6fee87, limb1: 0xc2e1adee50d6613de24da25, limb2: 0x14c64d32d70fe060, limb3: 0x0 },
        u384 { limb0: 0xdd30376b53262339ab92d68d, limb1: 0x387ee25a976698e9d4f68b86, limb2: 0x13c7fc5496011e98, limb3: 0x0 },
        u384 { limb0: 0x11b2a2e814d3ff1905e6b6ea, limb1: 0xef22319e05ec5166456380e8, limb2: 0x5aa8d089da5c586, limb3: 0x0 },
        u384 { limb0: 0x5419c07049169ae0df5f8d5a, limb1: 0xe56e546511ebc322240982f0, limb2: 0x1539880b30a063e7, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcb3711919c2a66fb1f89432c, limb1: 0x48762fbef0539629b69950f8, limb2: 0x1a8b5628126c8709, limb3: 0x0 },
        u384 { limb0: 0x39045a3bd5bfdbd45c37ddf6, limb1: 0x5d6f5577f3ba6bedd3e43441, limb2: 0x40e16f1ad2ee40b, limb3: 0x0 },
        u384 { limb0: 0xa1bc698fb7312502496e4c63, limb1: 0xb1314422bf0aa39422e030bc, limb2: 0x149949eb4578b72e, limb3: 0x0 },
        u384 { limb0: 0x929d0e51969373749dddd31f, limb1: 0x81ae5e1e24aa9dd15b7be412, limb2: 0x7a584f5008e1500, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf4f42015655bb41c1bf8a497, limb1: 0x8fe106c9ec98195fcb80b0a0, limb2: 0x242142934c5b5662, limb3: 0x0 },
        u384 { limb0: 0x8e571b506d971fd7a900096d, limb1: 0xcceee0d89c4deda56d59a602, limb2: 0xa38b7c0fcade8cb, limb3: 0x0 },
        u384 { limb0: 0xe374252aca03f821e3b1058a, limb1: 0x676f7e1d52964e60631ce212, limb2: 0x72920e101825eb1, limb3: 0x0 },
        u384 { limb0: 0xd59a9349e6a3fcb5fd89d38a, limb1: 0x89226c586952cbbbea7a101c, limb2: 0x2989b294cc2ef01c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcc7dabe84eeac9e706788069, limb1: 0x4da0f5ec5ec6379f52d4efa9, limb2: 0x4ccf6c955d38193, limb3: 0x0 },
        u384 { limb0: 0x55b80b2ae35766997401b13f, limb1: 0xdf15419837e633b6c9b35a50, limb2: 0x8ce9fd353df69d2, limb3: 0x0 },
        u384 { limb0: 0x69f22ce2cb53d9c20dfec924, limb1: 0xb968f67fdb8aaf0e95a3431, limb2: 0x1b3fa5fca397c665, limb3: 0x0 },
        u384 { limb0: 0x5f8dc19ff6241ff78fb1121c, limb1: 0xa1940c9c50f283b7f0358815, limb2: 0x222a60438aee4c8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa0267f01db7e8b630c9b3f58, limb1: 0x4dd8d91bdbfc4e5bf79ddcfd, limb2: 0xa2fb79660863a17, limb3: 0x0 },
        u384 { limb0: 0xf2af01713a9da716d349382d, limb1: 0x9c1e523c316c41ec50f5dd45, limb2: 0x28b21631453b073e, limb3: 0x0 },
        u384 { limb0: 0x45563d7c6c587aac3850d6c0, limb1: 0xf0cb2406a9d363e6d5e9af26, limb2: 0x129e211dd153fab4, limb3: 0x0 },
        u384 { limb0: 0x5ae85f2e7c797a8df63d61d0, limb1: 0xbcac246e0d6aee623f55e97d, limb2: 0x3cf7cb1dacaaa1e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd511ad9c7cb0382f69b637e5, limb1: 0x45ae22ba23ceec47e4af22dd, limb2: 0xfb20588edacd5f2, limb3: 0x0 },
        u384 { limb0: 0x253022d239145dbebed10ae6, limb1: 0x7cf499a8111324551527fe68, limb2: 0xa1993637ac5d9da, limb3: 0x0 },
        u384 { limb0: 0xfc4646022fc1065f33e3e9b4, limb1: 0xa1ae4ddeb795e28413dedb03, limb2: 0x1a4ef7655589c9cd, limb3: 0x0 },
        u384 { limb0: 0x3fa2288f3da1c164cecfd3cb, limb1: 0xe3e576555d5a635639a85670, limb2: 0x5374c8781f8e3d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcda730d2ec1e3193ef8700c5, limb1: 0x85713f8993289d2c2c505763, limb2: 0x79b8489720d167f, limb3: 0x0 },
        u384 { limb0: 0xa1ea7904b08578f066c974cd, limb1: 0xd14a43fb2fc24d5de276054f, limb2: 0x24349e9524548cb6, limb3: 0x0 },
        u384 { limb0: 0xdd951bb254f83e3e2f073d24, limb1: 0x384658b2b88f0923d068d5f8, limb2: 0x19f449265f2a288f, limb3: 0x0 },
        u384 { limb0: 0x39ac6a348681759aa540bf16, limb1: 0xe14006bbca21099a8896ea19, limb2: 0x2856b10e780122e9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x40c5043f97251cad067c3621, limb1: 0xab9543f86d40567443a79052, limb2: 0x3dc2d63329d5b4, limb3: 0x0 },
        u384 { limb0: 0x9530e970f4c8b5e67401ff1b, limb1: 0x2a8669f1cab77ded800470c0, limb2: 0x142cc4e229757e00, limb3: 0x0 },
        u384 { limb0: 0xaf80789dbc66f6268663a3bb, limb1: 0x915114b47272d59239ba7ec, limb2: 0x25018df777f085df, limb3: 0x0 },
        u384 { limb0: 0x9d8c7327527817774b0b86b7, limb1: 0xe0f421c7731dbf26cc87f300, limb2: 0x1840e514a010d09b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x93c849a76ecab3cf584e7766, limb1: 0x1e8b559df208feb3cb9c6a7c, limb2: 0x5f3aa2fe47e2201, limb3: 0x0 },
        u384 { limb0: 0x474bb288391156b25b960881, limb1: 0x50cad0c9b27c8a884ac62924, limb2: 0x72b67c4dfc4ff1d, limb3: 0x0 },
        u384 { limb0: 0x79babc2480971ed8fbb7279d, limb1: 0x7682882717a49546bf4fdd4e, limb2: 0x6e95a4d4ccdc962, limb3: 0x0 },
        u384 { limb0: 0x6fdafd4984d74e8e78198463, limb1: 0x1d817907a9b57c596647d9d3, limb2: 0x22ba50bf9f67d934, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfa942534f154ffb4863d7ccb, limb1: 0x41ebcee4d0c96645f0b44156, limb2: 0x356e6fd51f3c04e, limb3: 0x0 },
        u384 { limb0: 0xd5853e9e45632b32979e04c0, limb1: 0xa0f112e4ccef16cd66b7bbf8, limb2: 0x721240d25454557, limb3: 0x0 },
        u384 { limb0: 0x4f7e4ba3cc117db90617df15, limb1: 0xcbf1f66cce26a4d473a53541, limb2: 0x5ba59d9692d4a61, limb3: 0x0 },
        u384 { limb0: 0xb89ee09a057100a16de4c7f, limb1: 0x7970f6dcd35b5b8d2f0fcb97, limb2: 0x2411e21d45dd5d3, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x57d89bc4468cf292bfb502ef, limb1: 0x628fbce24e0a0089b218e585, limb2: 0x30e05521840747c, limb3: 0x0 },
        u384 { limb0: 0x567265dd340eec8e9d1cd6d2, limb1: 0xa486f614ec4e33e7de168d26, limb2: 0x21ec8e05fac70ba3, limb3: 0x0 },
        u384 { limb0: 0xc2e267a07d29f4df465abdd5, limb1: 0xe085f2069f4376cb94ce715b, limb2: 0x186a01035461db52, limb3: 0x0 },
        u384 { limb0: 0x1bb481c4683df022f6de644a, limb1: 0x4ff21ba04608e59d7e4c6f13, limb2: 0x2c378c86593cf428, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x34781258ee67a49c611d2671, limb1: 0x897cdee0ca43498bbd7d3d53, limb2: 0x2c6c64a0a697244b, limb3: 0x0 },
        u384 { limb0: 0x43bf419300ee8b2742cc04e, limb1: 0x3ed31182fec2704a0c4641f2, limb2: 0x2b2827cb7f0e1f70, limb3: 0x0 },
        u384 { limb0: 0xca1e639145c8df3626105fb1, limb1: 0x4af097570dd503e4ca21c46a, limb2: 0x144bc16e01c72bac, limb3: 0x0 },
        u384 { limb0: 0x745df69e3b1f383516e6bf5a, limb1: 0x9d596a7f0b52c0c101d12519, limb2: 0x9861cc2790e018, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf0a197d5fb7f6f59efc168bd, limb1: 0x2957ad153de91dc938bcb090, limb2: 0x1febbec760bd5cc5, limb3: 0x0 },
        u384 { limb0: 0x2d133ba6393476c0f2b920f9, limb1: 0x459c1f3d3d12e0a9fd3c8f08, limb2: 0x145d95a6d734567e, limb3: 0x0 },
        u384 { limb0: 0x611bf79368a526637727e226, limb1: 0x62b3f544760f058d5374b770, limb2: 0x82cb9ce1412a94d, limb3: 0x0 },
        u384 { limb0: 0x7e3f71b639bd99e5197a14ff, limb1: 0xef482d07860a9ae68803c49d, limb2: 0x7df039ec98b8a42, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4576cc0fe0c730f00e3ea01a, limb1: 0xe3893d580cc2fb3264726a04, limb2: 0x3bf96a4434dd8fc, limb3: 0x0 },
        u384 { limb0: 0x7f87726b1b40c5c027dda69b, limb1: 0xd1271a32614afb548812d62, limb2: 0xd029d3c08d4b457, limb3: 0x0 },
        u384 { limb0: 0xf73363c860516bbde82c2e2, limb1: 0xec751cb39435d1e5e758abe0, limb2: 0x303d7586fba557ea, limb3: 0x0 },
        u384 { limb0: 0x2bbac00b2550a31d63b85960, limb1: 0x2500b44a9141c4a72998c488, limb2: 0x2f5339e3f1013db5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x324701790f9732a0ac66da7c, limb1: 0xb89e2f3a11888b7cbde5a7fc, limb2: 0x1e5485b01bab89b7, limb3: 0x0 },
        u384 { limb0: 0x8a16dc98c1cbf8cd13c284e0, limb1: 0x4dd61f4c145db2e8e6e4f077, limb2: 0x1fa8796aa8945e48, limb3: 0x0 },
        u384 { limb0: 0xdba2c4b633e9a17e6087d68e, limb1: 0xade4c9469434012a18ca2482, limb2: 0x293c6bb190d52fec, limb3: 0x0 },
        u384 { limb0: 0x13527266c12e85f540e885c1, limb1: 0x6fa001e336abd070f93f0803, limb2: 0x109d7aec286d0dc, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe1c5afa7fd226f5358a3e292, limb1: 0xb5683e50515424c4a2a97f77, limb2: 0x298753d28c9e4f1f, limb3: 0x0 },
        u384 { limb0: 0x1e552fcacf8a9a3c3ef80fa5, limb1: 0xe4c7ee9136c0bd191cfce93d, limb2: 0x1b5e6c2f1e7af7b7, limb3: 0x0 },
        u384 { limb0: 0x7a7818eee7e46bd20327e400, limb1: 0x2811a6c4ff71ca203a7843d4, limb2: 0x2a4355709cb8ca7b, limb3: 0x0 },
        u384 { limb0: 0xec866a32a7c52520d9ec4210, limb1: 0xb01a5fd73ff35e120809e385, limb2: 0xf9fff1a68b4b6ba, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x75c93efb9fc9f537ccd67124, limb1: 0x8d6e62162448ae2ba45ea80, limb2: 0x2a24d294190235e4, limb3: 0x0 },
        u384 { limb0: 0x14fe80057ded2cf50396e3fb, limb1: 0x598663a777bf95939a843e44, limb2: 0x1bfd789958388fe2, limb3: 0x0 },
        u384 { limb0: 0xaf8b6ca6b54370c09cc0ec31, limb1: 0xdaa20fe1ee4425cdceda7a3d, limb2: 0x119e518609180523, limb3: 0x0 },
        u384 { limb0: 0xe9b968eb58e8066195de602e, limb1: 0xc05254f2907c07e15c4d5ccf, limb2: 0x2184e630bec6da15, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd2e3cae29202cb78ce00fb58, limb1: 0x2445f48a6f0ed46e86c44757, limb2: 0x1bd07aeaf757f5cd, limb3: 0x0 },
        u384 { limb0: 0x2bd6bf719c295bb275fb4ae6, limb1: 0xc50f05f2b36d7335fd25d507, limb2: 0xb892dda6d7436de, limb3: 0x0 },
        u384 { limb0: 0xc82a3eb7464e95512c007253, limb1: 0x5e366639c8d56e6c38361eaf, limb2: 0x10cd0f6fd488a6c0, limb3: 0x0 },
        u384 { limb0: 0xffac42810c0c2f5d4be79b4e, limb1: 0x2d02b8cc41ee2934550d847d, limb2: 0x267d5134d03275f0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xabedad2c383007cf92b713ed, limb1: 0x40d9bc34649eabc204e5b227, limb2: 0x22aba10c6419ca45, limb3: 0x0 },
        u384 { limb0: 0x6b0e36e27aa1015fcd4fef2a, limb1: 0x151071b1cf857cc89b50ecb8, limb2: 0x396679a311ead93, limb3: 0x0 },
        u384 { limb0: 0x2ef5f77c7137510481089d6d, limb1: 0x8bd07f1cc7e9a8c6f8e09c80, limb2: 0x272e06a6943c6b2f, limb3: 0x0 },
        u384 { limb0: 0x1bea4559ee60752af934c071, limb1: 0x32a5f787ae72d31b3db430e0, limb2: 0x160dffb4c148d173, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3df7773ed4ba698e83d2cbfd, limb1: 0x73edfd008fd0bed22721f882, limb2: 0x1fa1fd34a521a00b, limb3: 0x0 },
        u384 { limb0: 0x674d5c3ce5f60b79bf3c60c7, limb1: 0xea1e37e5b5a4ffb81fc0c3a4, limb2: 0xd33611475236041, limb3: 0x0 },
        u384 { limb0: 0x996397e3ed981935360df9e, limb1: 0xb7fe49b5c41a0d80829551a1, limb2: 0x22a674c8d8e37a00, limb3: 0x0 },
        u384 { limb0: 0xb56176f8d75bf6d6cc28ea1a, limb1: 0x645c0ee9c1a29df888c0bf3, limb2: 0x1ecb69b502fbe23b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x42e061ef2f4a4dddbca73b93, limb1: 0x2408acc969096d5e4d410e8d, limb2: 0x13904e5722ec0147, limb3: 0x0 },
        u384 { limb0: 0x5370e3f8a22f22e435ff2527, limb1: 0xfbd58f88bdb3fced2721b0f8, limb2: 0x15990b28296e6672, limb3: 0x0 },
        u384 { limb0: 0x6f4a7c095c191a4a43c4dac2, limb1: 0x4d8445aa9001896e7969dedf, limb2: 0x197f6c7057fc0741, limb3: 0x0 },
        u384 { limb0: 0x781afba08d38d9e600d4a411, limb1: 0x5527879c1bcf2067433e183c, limb2: 0x1cba16b2385efb73, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xed374ddc9a0d6aeada185f5f, limb1: 0xb065da51aa3a542942dc930d, limb2: 0x14133ba1a00acc87, limb3: 0x0 },
        u384 { limb0: 0x8ef3ee861931a8d8e00afd07, limb1: 0x51a523ddbad62c06d451fb71, limb2: 0x1beeebb62db88248, limb3: 0x0 },
        u384 { limb0: 0xabed8fffc0481326554b4afa, limb1: 0x52581a8e1279f41c1305a29e, limb2: 0x1d37c6ac811835e7, limb3: 0x0 },
        u384 { limb0: 0x9cbcba0e925db36c4b5976a2, limb1: 0x85d4296e1f61696f629c7678, limb2: 0x108f42180fb9ec08, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3f403ac1af82af1c2c570abe, limb1: 0xc6cff24fc800853517be6f16, limb2: 0x2be7c4476b2d2257, limb3: 0x0 },
        u384 { limb0: 0x9498b845c3a7aaa56c8bbccd, limb1: 0xeb0c7d029f95bdf50f4149ea, limb2: 0x3edcf38d7413e63, limb3: 0x0 },
        u384 { limb0: 0xa0a0dd281e1369d50e76f11e, limb1: 0x29d72d2d25d6669b32b8316c, limb2: 0x37453669f73aa56, limb3: 0x0 },
        u384 { limb0: 0x37179e01bf3467dadacec6a8, limb1: 0x538ae24604bdf5448f3096be, limb2: 0x275137d5854337d0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x30f9604bf2e4c8742e81bc72, limb1: 0x29eca6f0055564e9784c7488, limb2: 0x23c5dd695b7e00e9, limb3: 0x0 },
        u384 { limb0: 0x2751546571f80ba1220d6bc, limb1: 0xc9e986bbd3a0889541ed9ab2, limb2: 0x26b5d9af02289242, limb3: 0x0 },
        u384 { limb0: 0xb65dfa64318ca19e0be4137f, limb1: 0x2c4a26e99c117cd79c2a73a2, limb2: 0x218a1c7e8de4d1b5, limb3: 0x0 },
        u384 { limb0: 0x6c18bb194a32e748349ac7f8, limb1: 0xd987e4a09790bfcbdbab55d, limb2: 0x2cb295d0d7816540, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5102cd6b0967d8d6dc2f962b, limb1: 0x122f777a6b4fce4ad3a2caf5, limb2: 0x35f969408f05501, limb3: 0x0 },
        u384 { limb0: 0x924b70ae31a29d5c81e766df, limb1: 0x46f555563e76444a4899a975, limb2: 0xba2ed031e23736a, limb3: 0x0 },
        u384 { limb0: 0x744e4c4ccfaa1119c53a9bc8, limb1: 0xc6a9f1ae4ce066618a001dd0, limb2: 0x982f37272a6efe2, limb3: 0x0 },
        u384 { limb0: 0xb9513fb6c67cab63c08f082e, limb1: 0xf399b47f972f03aeeeb58b65, limb2: 0x7b30fd392c5976b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xfac1273354d0ce1a1bcdd5e6, limb1: 0x2673be4883dd354f1f2aff0f, limb2: 0x2ec3297e5e42737b, limb3: 0x0 },
        u384 { limb0: 0xf4f4bb0bbc1963d47204487d, limb1: 0x42a6f1d865e09a8311b9f7f7, limb2: 0x352496d0cbd1ec3, limb3: 0x0 },
        u384 { limb0: 0xd580e7e147bffff1a78de0be, limb1: 0xa93681885b894b937285d032, limb2: 0x72457fafa613138, limb3: 0x0 },
        u384 { limb0: 0x599fc2d8998ad9184c220716, limb1: 0x648e674048b57f0d795e06fb, limb2: 0x5f09be34c7e4491, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc649e88021fb7cce9fba8d22, limb1: 0x33a842800a09387634b7ad5e, limb2: 0xa6267036d3138b6, limb3: 0x0 },
        u384 { limb0: 0xbe04429f3aa8518fd0acf393, limb1: 0x93a414be6504ff529e8180c2, limb2: 0xa313a4d77240319, limb3: 0x0 },
        u384 { limb0: 0x8a01bc5a4a0b711e97588967, limb1: 0xc23d75975eef54f47d0c7e98, limb2: 0xd7b50bbd73e143b, limb3: 0x0 },
        u384 { limb0: 0xd2cbb4f6eda87cfa4b1cd388, limb1: 0xb78aeb8a8ddb3ade75c6060c, limb2: 0x1e3328f97eb370c5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x409a128ed0d2407905d1157c, limb1: 0x96fed4adae3bcdb7ee946348, limb2: 0x24b7639f55333315, limb3: 0x0 },
        u384 { limb0: 0x415fb0a41a4d56c8fcae9775, limb1: 0x8f9510489484ec15e755dfe2, limb2: 0x10fdb905d5d25993, limb3: 0x0 },
        u384 { limb0: 0x1206bca753d4623ee27059cb, limb1: 0x60b572bcc449381485b502c4, limb2: 0x2f59ab3ed4984ac2, limb3: 0x0 },
        u384 { limb0: 0xad9bb93ad9a9e2379c80195d, limb1: 0xef8271c2ddf103597c0e3aa5, limb2: 0xf7cbe77894c4aa6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2822a1f9c4e2733d837d48b9, limb1: 0x4e39f349892aa4ee635f4d7e, limb2: 0x2d666e8b809e661a, limb3: 0x0 },
        u384 { limb0: 0x5efa7e04e598c24eb1a23c6d, limb1: 0x810024812ef5ce1cc1a49e64, limb2: 0x273bd2f1cfd757a4, limb3: 0x0 },
        u384 { limb0: 0xfc651b9a17d3c75fb0abcb50, limb1: 0x97495bc2f082581d861517a0, limb2: 0x4504e053928f97, limb3: 0x0 },
        u384 { limb0: 0x4c0c8a1614b97cb237df66e7, limb1: 0x335c4c28c46b8874d7cf4a89, limb2: 0xa95ad7d0462f632, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x6723fd6b9a7e16a9a3a434de, limb1: 0xf612497e388064d83ec57bfd, limb2: 0x89203a1cd739816, limb3: 0x0 },
        u384 { limb0: 0xab5306fe892468fcf1cf3553, limb1: 0x2cf1d67c5575b6d177ccfd38, limb2: 0x15138735a7439f9d, limb3: 0x0 },
        u384 { limb0: 0x4369aee70aa58504e9e85197, limb1: 0xb86faee4a9f4c8a69a33ffc9, limb2: 0x22e44255818d1737, limb3: 0x0 },
        u384 { limb0: 0x711f32e41d914078453feba0, limb1: 0xfff98e035b0da50e590f436c, limb2: 0x393d5695c5ee9eb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8ec47ec0c88e907d8b212d27, limb1: 0xf638d37461127d8c6f6b595a, limb2: 0x18d2b2191f77f21f, limb3: 0x0 },
        u384 { limb0: 0x68cfb3eeefc0f3bfb189a913, limb1: 0xafa4d0ff6ac9d24dc328fb46, limb2: 0x20648d62128e6ce0, limb3: 0x0 },
        u384 { limb0: 0x66634eb4439e9a2c14c696d1, limb1: 0x970c5d6928db803bd2e9b12b, limb2: 0x1b487e60ccb07780, limb3: 0x0 },
        u384 { limb0: 0xa01537cf87b1fd4c2d2e8a98, limb1: 0xe6f4a65fb100a833dae1a5, limb2: 0x25ff1191d92d644, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x3e1491deb342f5cda49230a2, limb1: 0xd77db6e79cb176b7e5c04692, limb2: 0x552dd90e085333a, limb3: 0x0 },
        u384 { limb0: 0xeddd16b2258406ced9eec570, limb1: 0x8535c12f482a69db21c62541, limb2: 0x1efe4b483a13c080, limb3: 0x0 },
        u384 { limb0: 0xa61997a959cb0f7ef17b6f7, limb1: 0x14a81dcaa4b9fccbcf167368, limb2: 0x231648e014511336, limb3: 0x0 },
        u384 { limb0: 0xcdc9fabcb81236aa5fcbe30f, limb1: 0xd26911e5fc8dee9dd16eaec2, limb2: 0x37439aadaf01594, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb2410e568715b0a8a9d0ceff, limb1: 0x511c45e2e9d1492111fc896a, limb2: 0x205a73e1814ab2e5, limb3: 0x0 },
        u384 { limb0: 0x2ae37d05444d3ad1dea2fbe0, limb1: 0xe5f1990f0d0af2d152cba3ef, limb2: 0x11c800aaac61cd57, limb3: 0x0 },
        u384 { limb0: 0x79f644f09807f47cb360491f, limb1: 0xb9365a1c5e4fe7601cc3deb6, limb2: 0x2725ab0b11c372d0, limb3: 0x0 },
        u384 { limb0: 0xba57f9613fff2d0993a9610, limb1: 0xdda7a6e0e315be8a14a92917, limb2: 0x2add1f72987d3a9e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7327fc05efae535d1ba15a4d, limb1: 0x92a771bd7fe9327a9cdc8887, limb2: 0x219e64540fbffc21, limb3: 0x0 },
        u384 { limb0: 0x77905c61c903f3f3ae3292dd, limb1: 0xecc6bd2ca2932244e9f29e62, limb2: 0x21967e7b92f816e4, limb3: 0x0 },
        u384 { limb0: 0x1ee2806007e73d3fa714b8fd, limb1: 0x4f0bd3feeb2eb61d3b5fa1b4, limb2: 0x2d1876582b5364a3, limb3: 0x0 },
        u384 { limb0: 0xa0e7c62576caeb29332dab85, limb1: 0x7ba875e4cb9498045c434600, limb2: 0x139406327dfed9d4, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe2cfe4dd34454e8b21ac27ed, limb1: 0x2a78e54e16854f323e408aec, limb2: 0x27fe4379186fd452, limb3: 0x0 },
        u384 { limb0: 0x92715a0abeea6341fc0ec8, limb1: 0x97c6956833fdc4fa15e6f2c1, limb2: 0x1607ef5aa08f00f7, limb3: 0x0 },
        u384 { limb0: 0xadc80c5e4faafd5cd877fc89, limb1: 0x215f0de5b5dce6f02dac455f, limb2: 0xb35cb5e7e48cf5e, limb3: 0x0 },
        u384 { limb0: 0x4ac581dde0f2cdb9878f1675, limb1: 0x8932b52912f51d9a081a3410, limb2: 0x272671d62bfec638, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1b81b794673e8a93dac5214b, limb1: 0xfcf8072ea0158fc7b9a33ede, limb2: 0x199fc6966d9e4426, limb3: 0x0 },
        u384 { limb0: 0xacece731ee56e0e59687d6c6, limb1: 0x8a05f2ae5a3c31a11415aa70, limb2: 0xabf99cdea2ee2d0, limb3: 0x0 },
        u384 { limb0: 0xf4aaa68d91a85511cd163219, limb1: 0x5e3a26a7fe13638b01c219cc, limb2: 0xede6169bd8b22de, limb3: 0x0 },
        u384 { limb0: 0x71287506d224e20a830794de, limb1: 0x1891ecddcee7576ff6f95180, limb2: 0x1f221ac39d7b4a8b, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb0b2407957a6412971789726, limb1: 0xf04fac2c325e9b86b2c2186e, limb2: 0x303b7f034a262850, limb3: 0x0 },
        u384 { limb0: 0x6fcf05153c14524815838bf6, limb1: 0xac9ab1a5377f6c7f42fa3be4, limb2: 0x1a66c03203f1da79, limb3: 0x0 },
        u384 { limb0: 0x35be715fd802ad22a63a5a19, limb1: 0xa545588b9ecfbe085bd49493, limb2: 0x1e890c4e89814d0d, limb3: 0x0 },
        u384 { limb0: 0x59c566810428a88a8d103560, limb1: 0xf168db5927bf233d3222464b, limb2: 0x1daa7bdf424dea6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd5e10e9ac80b0da8a7e63d5d, limb1: 0x42ae685534c970acbab3423f, limb2: 0x588b8c7f4e8ade5, limb3: 0x0 },
        u384 { limb0: 0x92f59f2cf584541d06f53e21, limb1: 0x28117b4d485526aea7ac3c51, limb2: 0x1d9c65d559b002bc, limb3: 0x0 },
        u384 { limb0: 0x6263e5ccc44cf2b8293eb2eb, limb1: 0x75ee2db687d0ad10e7b124e2, limb2: 0x8f4cf3457f4f224, limb3: 0x0 },
        u384 { limb0: 0xe71f51c1ea6e5d4e61e6b7ba, limb1: 0x978ec99071bb2f04969857a1, limb2: 0x11ab44ec88592611, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe4fff1b17e073a378af2d34f, limb1: 0x1f1a61703d4541f8c94fa749, limb2: 0xea4c6c58c69af7b, limb3: 0x0 },
        u384 { limb0: 0xe89e3f07e3a16412cad6dc68, limb1: 0x6025a30541d137c35bd84be5, limb2: 0xa61632be68e14c8, limb3: 0x0 },
        u384 { limb0: 0xaf17c939e4b2289d0b6508e2, limb1: 0x461585c3886f1ea7409d9d06, limb2: 0xc91b57da0d84f0c, limb3: 0x0 },
        u384 { limb0: 0x17ed6cfa831a09728dd8e2df, limb1: 0x661092581b5988bbf5bf1b6b, limb2: 0x1f29d88c3fdd2d8e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe1e419a6e6564aeee9b761ea, limb1: 0x7b467f1280189155ca385252, limb2: 0x29299b8295275d8, limb3: 0x0 },
        u384 { limb0: 0x10ada488bf096a7e22e85731, limb1: 0x7bb00ce8e5ed50217cfe4830, limb2: 0x263a7f2a1715affc, limb3: 0x0 },
        u384 { limb0: 0x8ad0b2ffb5264538b35a981b, limb1: 0xfd9f7e7f73db4e22e2a62424, limb2: 0x3ee8c379a9d922a, limb3: 0x0 },
        u384 { limb0: 0xfa41f7fe84a6211fa342e86b, limb1: 0x6ab1511883ed92690de8bad1, limb2: 0x27681567b87b7046, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7424a3764e0fb35dc11d216f, limb1: 0x19cf622f2b9edb97b44d6c5c, limb2: 0x176a68bcde0d3743, limb3: 0x0 },
        u384 { limb0: 0xb4ada33fc24cd4b0c1b74158, limb1: 0xb5bc422a51904dcb829c0753, limb2: 0x1488835af73ecaf3, limb3: 0x0 },
        u384 { limb0: 0xd97c289528e60a83b87e5c28, limb1: 0xb7d64a8b2450a22103946bef, limb2: 0x13a9d3a40aefc550, limb3: 0x0 },
        u384 { limb0: 0x23affbbbb00d5a36c12fa102, limb1: 0xe9b2fc70ec73d3351f670018, limb2: 0x4366406b2860905, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x80b9f65355e412a9b9753943, limb1: 0x98879394e5898235b9f2d292, limb2: 0xa07f736e0772fb3, limb3: 0x0 },
        u384 { limb0: 0xe6c1cd51e0804325d970c867, limb1: 0xa602aa18d90bcbdebc9baa61, limb2: 0x2211988f3fda8cd1, limb3: 0x0 },
        u384 { limb0: 0x5fcb9f8ec145aa70347f9ecd, limb1: 0x84b93dd6d633d891822b3ff3, limb2: 0x1e1cf312e95f6370, limb3: 0x0 },
        u384 { limb0: 0x82addbd6bb47ccbd4beaec3f, limb1: 0x8840c51abc74eb002c0bdc00, limb2: 0x86e5686a09a456e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x60530f3dfab2ef17f5f8cc3f, limb1: 0xf679984fdef4cae4ed7d6b37, limb2: 0x2dd43ccde310b489, limb3: 0x0 },
        u384 { limb0: 0x6631930f07dd359c95623c27, limb1: 0x31d79a20bec054e48808bc73, limb2: 0x28a6668eb0cf32ac, limb3: 0x0 },
        u384 { limb0: 0xdd2817937b031f3aa1dbf7d6, limb1: 0xe993f7bb6640a1c48eaf90b3, limb2: 0x1c6243b4048bf6a6, limb3: 0x0 },
        u384 { limb0: 0xeacc6f92b1e6cf3042ae6561, limb1: 0x45154a4be1b373d3d010c914, limb2: 0x1026d7cadfbbce4d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd1aac463682dbc443b0d8237, limb1: 0x2d5ec2c667ea1bccc5555a1a, limb2: 0x151a095536c0d88e, limb3: 0x0 },
        u384 { limb0: 0x2613604cc52643a7baba292d, limb1: 0x3051cca0ed0403ee6fe0e42f, limb2: 0x2037e7b73351e44, limb3: 0x0 },
        u384 { limb0: 0xf3d8affffad131e3737f1f7, limb1: 0xb283ea51e353171010a9dee8, limb2: 0x258f08dc4057755e, limb3: 0x0 },
        u384 { limb0: 0x9c191364dbd1e1340b6af64c, limb1: 0xa2890515f27c0b7a3e6768c7, limb2: 0x5065990520a2db8, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x1daab50a49a1cbf0566efbe2, limb1: 0xf8dbcfc1d8d26abdb01cf89b, limb2: 0x21082e7a4d527d57, limb3: 0x0 },
        u384 { limb0: 0x1b82eff619ef99dc33e0ccec, limb1: 0x4f2d390d7cf00514499e68d6, limb2: 0x254afbedd2268204, limb3: 0x0 },
        u384 { limb0: 0xffb9b96cd19806377f60d915, limb1: 0xc9a67c1f4dd4947b294f5b61, limb2: 0x2471832c67f12319, limb3: 0x0 },
        u384 { limb0: 0xce7fd55d78c561b336ba478c, limb1: 0x457804ba761c9af42a7d3eb, limb2: 0x1e3157e2255bbf0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9de46220347b9736ada54bf5, limb1: 0x8d256b9294669183a0cbc3b9, limb2: 0x1c2d38acc365d3e7, limb3: 0x0 },
        u384 { limb0: 0xeeb841940e523589cc9cea90, limb1: 0x40f08030fcb0bf364c4bb73e, limb2: 0x1b9c0156d5fdf862, limb3: 0x0 },
        u384 { limb0: 0xe4c080088dd3d4c993f965d5, limb1: 0xd13ad56141f44e3beb4d6f20, limb2: 0x1f83af4701bd0087, limb3: 0x0 },
        u384 { limb0: 0x98a416ceb039525d651212f5, limb1: 0x13b19a5a1c0b244e05da41c8, limb2: 0x146353cbe12a55da, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xaf602736dd2697e9dbaf2233, limb1: 0x774d51a50b5f4ebd45f49b2, limb2: 0x27b7709ccf5eac3b, limb3: 0x0 },
        u384 { limb0: 0xaaabe1d78b43854209030801, limb1: 0xbc68497a2497317987815f7b, limb2: 0xb1c172792d79f78, limb3: 0x0 },
        u384 { limb0: 0x8afb0d2a3b4c3270b076f9a, limb1: 0xe294c39a2d720687009ae9db, limb2: 0x615a09a587f578b, limb3: 0x0 },
        u384 { limb0: 0x2d45148df3e08ba03d99e4f2, limb1: 0x6a0b9e9b069486fdb9ef95c9, limb2: 0x21603c3a0cd8c1b1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9af5eba15224af28d24960c1, limb1: 0x748b7b8c7c04ee70703dc159, limb2: 0x393137a2253ec5c, limb3: 0x0 },
        u384 { limb0: 0x2b36ea37e1ae4ab7d527ebf2, limb1: 0xf5ca07dd262234cb271e21ee, limb2: 0x2cc50c775fbaed14, limb3: 0x0 },
        u384 { limb0: 0x658545e9a3a661d60befb11d, limb1: 0x77cc9b48ea037d5808580366, limb2: 0x24fc6d9c40963702, limb3: 0x0 },
        u384 { limb0: 0x30b9e606c8acc42e4fb98940, limb1: 0x6fb521e6ce47ecd173fbc671, limb2: 0x9cd1f21af4f428, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x2aba2aadf1d47477927c629f, limb1: 0x678109d4abaf6335ff6fa405, limb2: 0x1a8e971a227a7277, limb3: 0x0 },
        u384 { limb0: 0xc351cca3ddf5952e9a46f10, limb1: 0xfce544627346f9e865c0aea9, limb2: 0x111cc980d84f778a, limb3: 0x0 },
        u384 { limb0: 0x9cfe714e7dbfbb0940b1b1e4, limb1: 0x2df8b8a65fd3e36482181aec, limb2: 0x25f0093b4cc3745b, limb3: 0x0 },
        u384 { limb0: 0xf1cbd806ba036aeaa9c55f6e, limb1: 0xc28f3c77d9676e02aad752bf, limb2: 0x3ff232e736afdf5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xafbcc2c06f6d699851780384, limb1: 0xc4d977cb8dd9449d9fadc0cd, limb2: 0x8d60175908ac19, limb3: 0x0 },
        u384 { limb0: 0x31a981b9380b679b2af38e54, limb1: 0x7a0c11297e2590aad6e72fc0, limb2: 0x2f6d96901764a67c, limb3: 0x0 },
        u384 { limb0: 0x202fd15a5c7c0fe22588f05b, limb1: 0x695336de071a961eac60785c, limb2: 0x5ac400cd3ba1be4, limb3: 0x0 },
        u384 { limb0: 0x1641c39126cf9e2c44f09f0e, limb1: 0x1006c274ffabb81639dfc224, limb2: 0xaf72ba104b2741d, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa04381dd2687823597c0296c, limb1: 0x75c1d270fe3ebccb6341a6ff, limb2: 0x2a8bec74659f316c, limb3: 0x0 },
        u384 { limb0: 0xbebca0f42d2f862ba761f99d, limb1: 0xebd7d93395fe7ff4be626d3f, limb2: 0x2b0dcee3e7cd4f3a, limb3: 0x0 },
        u384 { limb0: 0x8b412dfc526c754f85c2f55e, limb1: 0x911924dce5baf590a9cc98ff, limb2: 0x1d8b707d43d52cc7, limb3: 0x0 },
        u384 { limb0: 0xd06a4e35730320f533a0e950, limb1: 0x66284e193538fe3aa01dbea7, limb2: 0x27dd51a9577fa0d9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x32a3c8a108f91f6fe5aa303, limb1: 0xe6c6e6d148af6bc4d7d10de1, limb2: 0x155e753759521b7a, limb3: 0x0 },
        u384 { limb0: 0xfb543d241c152dfc4524f126, limb1: 0x2fa23d9d95006b9c15c89037, limb2: 0x1255cc9828d878a, limb3: 0x0 },
        u384 { limb0: 0xbc5ce024a61578c6bf8ad72f, limb1: 0x2a15ae2f3a073f86e800d294, limb2: 0x302730ab4ffc65c6, limb3: 0x0 },
        u384 { limb0: 0xb59b4f30779d581d37595977, limb1: 0xfd0cb5bd340945115f02400d, limb2: 0x24e9f0820802bef1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x22134033c859b168c683ecfc, limb1: 0x5788dad0fdc97dedb13245, limb2: 0x274e32ff64d9f721, limb3: 0x0 },
        u384 { limb0: 0x826fb3467b6fe69fcc3af530, limb1: 0x307075c1285e5e04d7eeaed7, limb2: 0xbe5ad8494629c49, limb3: 0x0 },
        u384 { limb0: 0x3cb41c505c5ee1ff0d45da23, limb1: 0x5b1024f49b60c69e9f014ee3, limb2: 0x1921bb7091e31596, limb3: 0x0 },
        u384 { limb0: 0xe4353c19b68b11b04e117c37, limb1: 0xd738b6e8cfce1fdb8ca10f59, limb2: 0x18df89d353032ddd, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x5e7a823444f8f9c5dc53aae5, limb1: 0x68cbc3fa20302f660844bb2a, limb2: 0x2badffbb9cfecd32, limb3: 0x0 },
        u384 { limb0: 0xf659f3e925271bef6ac5d023, limb1: 0xfc9068961c497cdf3c8c4a17, limb2: 0x250a8542c47ba3e2, limb3: 0x0 },
        u384 { limb0: 0x6432bfa0ab1ae43fcfeaf86d, limb1: 0x71ee518be976f01a63369241, limb2: 0xe58f9aa0b8d45ff, limb3: 0x0 },
        u384 { limb0: 0xa8fee52b4a16805f097a3093, limb1: 0xcf6d6d6fab78b9a8f25ead8e, limb2: 0x18d907ad39d33357, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbd038d2f6639da6580eb2d2d, limb1: 0x4da6399a8282f72ec98f98d3, limb2: 0x495d3480cfb0744, limb3: 0x0 },
        u384 { limb0: 0xd8739e9d9c7d216eab0ae4a7, limb1: 0xeba777f8ee51a0d1ea48318c, limb2: 0xc56bb690b13d42a, limb3: 0x0 },
        u384 { limb0: 0x6ff6702999016bfdccb41822, limb1: 0xbd39f21bcda91f38407885a2, limb2: 0x279a442cd4ac827c, limb3: 0x0 },
        u384 { limb0: 0xeb2995801ff7d0602cd1da2c, limb1: 0xd8e3fd1550de702bbc8c6282, limb2: 0x1dfd8ad5a62d35bb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc58e028d73cccc3701e13dd3, limb1: 0x5ef61f581981f5701ce48cc7, limb2: 0x2fc42fcf13a4eff, limb3: 0x0 },
        u384 { limb0: 0xa26cd1c601a1abb4a166890a, limb1: 0xf9caea8280603a1b92a09071, limb2: 0x11a095b09fa0f8ff, limb3: 0x0 },
        u384 { limb0: 0x471e694b98479984537fb1d, limb1: 0x77b36d75a2cfdb7ef181f3cf, limb2: 0x12a35fe6ff3398b6, limb3: 0x0 },
        u384 { limb0: 0xc9955bbbd4ab91b834b3ffe1, limb1: 0x636141f8515dde730953e9b3, limb2: 0xfb774a96c187351, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa3998b7a01139e65937e8586, limb1: 0x58a594561442931f00aaffdc, limb2: 0x20ec1baabf715fd1, limb3: 0x0 },
        u384 { limb0: 0x1573985ca22632a2704d5266, limb1: 0x4258a3781918da9e3555041e, limb2: 0x642949f3b34d26b, limb3: 0x0 },
        u384 { limb0: 0xfbbfbe7296ed3acda19dbf40, limb1: 0x4a2561e731eeeea4a90b50fd, limb2: 0x8bb9b6ba7679378, limb3: 0x0 },
        u384 { limb0: 0x9f62ac5e11794a2c8621fe63, limb1: 0x2471456be5742de126e72e59, limb2: 0x20b624c2288887be, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x4e96db36f2a7e84e770d85ff, limb1: 0xae81e50914a84bb1562abf40, limb2: 0x2f0369c896ab7c25, limb3: 0x0 },
        u384 { limb0: 0x785c2c94e7726ffc4db2617e, limb1: 0x50d921f5abb6260fa45ab3ad, limb2: 0x16765ad10f048d54, limb3: 0x0 },
        u384 { limb0: 0xd7bd1847c4ebc255fb77d1eb, limb1: 0xba1541b1f834bbb1aabbe13e, limb2: 0x2b0bac03eee37fcc, limb3: 0x0 },
        u384 { limb0: 0x9cae1fd3cbdc1a66ed7983a7, limb1: 0xdf7cfc264adba4b8cf5d08e3, limb2: 0xeeb1bfc07dbb290, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x798a6589db54023d4cd63f78, limb1: 0x14cd75ed2f4d0fc472d08e96, limb2: 0x27d36124c15ed33, limb3: 0x0 },
        u384 { limb0: 0xf78d8bfd63295d026445942c, limb1: 0x92b62f8578b50c294d1c4b1d, limb2: 0x2cd8c4d382f457e6, limb3: 0x0 },
        u384 { limb0: 0x57800a47529217e47e65e8fa, limb1: 0x8534f814d1dda7b8a10789c3, limb2: 0x280087014d592679, limb3: 0x0 },
        u384 { limb0: 0xcdf97b210de09fc8de3f589a, limb1: 0x736f63f74ef85744bd2f4e, limb2: 0x2f1deefcdaa1ceb, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8dcd267c541f0b25731c15f1, limb1: 0xf7e577a9381fcf47628f0a05, limb2: 0x2b934492e35f8760, limb3: 0x0 },
        u384 { limb0: 0x5c08a1dd2570efc73538f570, limb1: 0xedc218acffe0743098c3ac5d, limb2: 0x7b4d9f2ae7a6706, limb3: 0x0 },
        u384 { limb0: 0x43fd3be9ec56f8b661403e42, limb1: 0x6a19081e06b25faa6312955c, limb2: 0x359b1699386f026, limb3: 0x0 },
        u384 { limb0: 0xcec06e5e110e69eb1327b109, limb1: 0x9995f141c5bd2bff1ad0b262, limb2: 0x22f32064459132f1, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa7456be7cadd5f7571524845, limb1: 0x94ecfe71ac7aef23a2ebed10, limb2: 0xbbe70a923b12293, limb3: 0x0 },
        u384 { limb0: 0xa3198c6603c0cc4e36dd43f5, limb1: 0x6faab8d0d34c7ebb0189d0e8, limb2: 0x2290ff4e7cb14513, limb3: 0x0 },
        u384 { limb0: 0x6122a558caf5b51dde1151ce, limb1: 0xd10b70ea713d029e831bb3ed, limb2: 0x47a27d028abfc9f, limb3: 0x0 },
        u384 { limb0: 0x3cd5d637a52cdfed373f9c17, limb1: 0x1c15af44fa82ed85e5600ba2, limb2: 0x15e3e93b6f237f83, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xc9f0db617ebb34fec3da0652, limb1: 0x223dd92698a798a49d75ef5f, limb2: 0x16ad57f765f4ae57, limb3: 0x0 },
        u384 { limb0: 0x54f62d45392fe152742be036, limb1: 0x4df11b4b0f99c8b21a6c4e0d, limb2: 0xfa1fa2a31cb01f1, limb3: 0x0 },
        u384 { limb0: 0xda7686a26699dd19c120ba5e, limb1: 0x9e1b12ad683ec7229c10f1dd, limb2: 0x2a32f491887ef67f, limb3: 0x0 },
        u384 { limb0: 0x99868904c6024660c1a468bd, limb1: 0x5f4fe4d7c38274ef668aa4c4, limb2: 0x1394dee4ea53a48, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x9f8e23583596933f3894a070, limb1: 0x91678f981d339e902c639086, limb2: 0xcdc0a41a39fd256, limb3: 0x0 },
        u384 { limb0: 0x9a7154d77348ef5e60879afb, limb1: 0xa3dd014d282a0ba82d75af6c, limb2: 0x2a5a59670f60476f, limb3: 0x0 },
        u384 { limb0: 0x6cc4659be6ab0efb833ddb2b, limb1: 0x84eb1a328f8c10207bdba747, limb2: 0x8173542c6eb4833, limb3: 0x0 },
        u384 { limb0: 0x581b09684c83b61507a27a03, limb1: 0xce5c3c88d5965d1dea959bc8, limb2: 0x25912b8565914c5, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xf03702776b4c0511304f43fe, limb1: 0xc6956f41fd157486fe98f2d2, limb2: 0x17eecba51385bc0f, limb3: 0x0 },
        u384 { limb0: 0xdb5a5f2b98eaf82a0f100255, limb1: 0xfe66a64b4eeba24fc47c7dd0, limb2: 0x1a40441fc76b4938, limb3: 0x0 },
        u384 { limb0: 0x1a0041c0ca150ab5378db7f7, limb1: 0xbcb8eedad21fe85796ef9b0f, limb2: 0x2dd33fd1ee27253a, limb3: 0x0 },
        u384 { limb0: 0xf0fe78c4ab81e3b405cd363c, limb1: 0x6f894aec9a20ca0149ec2491, limb2: 0x2d0ea9c4af57ce9, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcfb971882a7aaecec3060461, limb1: 0x811c99a9c734496c480b791e, limb2: 0x2fe713b6aa113833, limb3: 0x0 },
        u384 { limb0: 0x73709c8a40516e63fc747d86, limb1: 0xca82bf5f8f78029d1523310, limb2: 0x9939322ba44f0ba, limb3: 0x0 },
        u384 { limb0: 0xd8ded464fca9527d5d2278f8, limb1: 0x4721f698a142709f7ad9ba7e, limb2: 0x8bdfc65132fed4c, limb3: 0x0 },
        u384 { limb0: 0xda0dec4c6a424fc8dd3c71ce, limb1: 0x5e17f9617c8a5c231e88921a, limb2: 0x25685f5bd645f2ea, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa83117fd619559b672c8fd31, limb1: 0xf4102cadd69f09fe9b4f3643, limb2: 0x18236c7d7baaebd0, limb3: 0x0 },
        u384 { limb0: 0xc4d70d7ba326e5b728e7fd5b, limb1: 0x7b6d5ffae0778a6a7fa19419, limb2: 0x1d2bdc7db979274b, limb3: 0x0 },
        u384 { limb0: 0x3064d1b62f3c0999fa0df003, limb1: 0xe36c5a893e22d7f951781d79, limb2: 0x19768f756c2d9739, limb3: 0x0 },
        u384 { limb0: 0xb5b3d2adb7dca84263fe055f, limb1: 0x81e8c6baa404894661ed08c7, limb2: 0x9e992e84216623a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xed3a865c64db399253a97dc6, limb1: 0x5467622d9069852189e08251, limb2: 0x291473ef5b067327, limb3: 0x0 },
        u384 { limb0: 0x3662d750bdd96a1c2c677cd8, limb1: 0x1f675c16d9caf02cb323d667, limb2: 0x2e8c7312fab0e5af, limb3: 0x0 },
        u384 { limb0: 0x1bee6af7ec5c0f6c40559e8b, limb1: 0x5ae7ab289b1e3159001734ff, limb2: 0x22ed71c3b9516b0, limb3: 0x0 },
        u384 { limb0: 0x6adbaf52a0c0df9d70d43e2a, limb1: 0x5ad00478709636c59b2b9972, limb2: 0x1f4b698aecf0fdda, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x740cf853ca61ec0779ed995, limb1: 0xfb9418c72f7d4fe8f3139530, limb2: 0x1bd776d701751efa, limb3: 0x0 },
        u384 { limb0: 0xb40a8e8f29f5ffe8c30a4df7, limb1: 0xded783fdb1638d74959b4277, limb2: 0x26e5e193fa300a80, limb3: 0x0 },
        u384 { limb0: 0xeb4cd08ba2e16c723e49b4ce, limb1: 0xd48b524f50e8f722bf9a042e, limb2: 0x2f71e22f79626d91, limb3: 0x0 },
        u384 { limb0: 0xc8014165364e55cb95c1f97, limb1: 0xed5fb77373498ac46870b452, limb2: 0x1c0284edf9cef48c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x54f1f548eccf90dfec889cf3, limb1: 0x47c7caf9d21dff52317f685, limb2: 0x1fd978aeb56d4194, limb3: 0x0 },
        u384 { limb0: 0x2788e706859bb8b9f69d5333, limb1: 0x204e6914a7ce79b4bfa97cbc, limb2: 0x1e58ee65a35b8f20, limb3: 0x0 },
        u384 { limb0: 0x53a27193ae2511bc8a9059f7, limb1: 0x411c34c41a059f9c16f840ca, limb2: 0x203f416941f43632, limb3: 0x0 },
        u384 { limb0: 0xb5b9ec892c1a504d283ef816, limb1: 0x7506614cb42b642d4da4105e, limb2: 0xfbc8f7b65fe7d3c, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xa0865e9b8120a2a801443c72, limb1: 0x4078548f7d22563f56d46709, limb2: 0x10f44cd0423bafb3, limb3: 0x0 },
        u384 { limb0: 0xd175be3b31c9010846738466, limb1: 0x6c528be4deb30d6f64dd19e6, limb2: 0x31e926191dc84fd, limb3: 0x0 },
        u384 { limb0: 0x27f1594eaee8dc78c90a4ed2, limb1: 0xb514e850937ead5c29e68a14, limb2: 0x7b20cf884eff7dc, limb3: 0x0 },
        u384 { limb0: 0x8d267d6276253ff35b10c23e, limb1: 0xd7ec8037b1ac9bb58e4192d, limb2: 0x2b5825790873d4b6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8461cb8d8a05e46ee9335673, limb1: 0x28041ac6a055ea53f87d17c5, limb2: 0x20541c0a9f83ba50, limb3: 0x0 },
        u384 { limb0: 0x6e3c461f6c390ff7a7956c1c, limb1: 0xb574c57247e9c285db47abca, limb2: 0x19edecc566187667, limb3: 0x0 },
        u384 { limb0: 0xb1b93469d71824ac38ffbaff, limb1: 0xf7e04a9804511ec52dbad103, limb2: 0x23bf491710d699b5, limb3: 0x0 },
        u384 { limb0: 0xe078c6759b2f8cfc63e21e0a, limb1: 0xf2067c5cef501b2e12ca08ec, limb2: 0x1f6ca8cf07a1bc28, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xe7bfe5b16a9a0abc680e4ed6, limb1: 0x72b1508f0556dad6c437c5d5, limb2: 0x5e97b74dfdd16a2, limb3: 0x0 },
        u384 { limb0: 0x43a1f1e007492c54d9250ae1, limb1: 0x53e64816ad7ec4b6b38242b6, limb2: 0x1ddf8237c1938247, limb3: 0x0 },
        u384 { limb0: 0x8ce90dbb38ea65954dec50fe, limb1: 0xbe207ebc31d9240bca80d4dd, limb2: 0xe5d968e96208753, limb3: 0x0 },
        u384 { limb0: 0x99887a7b72cc4184d5d2dca3, limb1: 0xef03d1aa05e1d8c2fb24b553, limb2: 0x122f4623b531f60e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x83d748dfad0c6141811509b, limb1: 0x7833f5a6f2075367379a5f1e, limb2: 0x6c96b12b21afe4f, limb3: 0x0 },
        u384 { limb0: 0x1ee1c711449d28512b3b2486, limb1: 0xe9004b9c6ef775d9e1192348, limb2: 0x1d12cee3df0a545b, limb3: 0x0 },
        u384 { limb0: 0x70f9f6f2757452cc1539e94d, limb1: 0xed934a892843e7579c4c2e64, limb2: 0x8dee23dfae2f2d5, limb3: 0x0 },
        u384 { limb0: 0x885d52f382165b0046b1f85, limb1: 0x3613d7f399a9c26bb65696e5, limb2: 0xe057adf2d6f41b6, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xd80752254aaab6f54d9d691d, limb1: 0x4a65a77596a8b6927573239b, limb2: 0x14cc6b18227edab8, limb3: 0x0 },
        u384 { limb0: 0xcaa1697f6fbbb708016122df, limb1: 0xfc87f3022745c818926ce90, limb2: 0x194979333ddaf15b, limb3: 0x0 },
        u384 { limb0: 0x86eb2beec1d5a339911e1604, limb1: 0x3f7b0d8f536ed13bf5d4dd45, limb2: 0x291e39faebebdd03, limb3: 0x0 },
        u384 { limb0: 0xd6075d46ed5030447faf1683, limb1: 0x5a076fbd5694b9b387a583a1, limb2: 0x2c00b64cfcb5c01a, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb395c649aa473e26693d547a, limb1: 0xec1049662b63d5654d8b007e, limb2: 0x15e0d27f693caf9e, limb3: 0x0 },
        u384 { limb0: 0x31071b5a4464a13e2b8fd54a, limb1: 0x3a1018dbbb86bd296e8c371, limb2: 0x2db3d3cc46dadd1c, limb3: 0x0 },
        u384 { limb0: 0x3e49d5fa0444c56614810817, limb1: 0x2f7ff91ede27543c75f3dbee, limb2: 0x21a3c3cf67e91a7, limb3: 0x0 },
        u384 { limb0: 0xb1654bd0cea68cc0ae7e5c54, limb1: 0x59a6e8c9717929f06ae9768b, limb2: 0x172e03ffd1b49269, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x921a390d65c258313306b208, limb1: 0xef8800b2a67e60ae40815b8c, limb2: 0xd766ca74d70bbb5, limb3: 0x0 },
        u384 { limb0: 0xf69b35986949c771227c9c01, limb1: 0xb583720d60526e9af87a7d68, limb2: 0xabb4cddef736a56, limb3: 0x0 },
        u384 { limb0: 0xd1febf85ae6621870d66152e, limb1: 0x81eb7f88778ed25cf14cf8fd, limb2: 0x2fbb1a52614424f5, limb3: 0x0 },
        u384 { limb0: 0x538cd6a5881db8398988025c, limb1: 0xb2f9de30020eb6e6cd2bb31, limb2: 0x1b9d8aa05172652e, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xcc5d13873cbbea8a4f7a1467, limb1: 0xaf454c7499dd6fd4267948d2, limb2: 0x206b594934b43b6d, limb3: 0x0 },
        u384 { limb0: 0xad7bea47f8ec7b934c9910f4, limb1: 0xaa95123527a4ecc1e7890b34, limb2: 0x22b5bf0c222d63c5, limb3: 0x0 },
        u384 { limb0: 0x3fc85c096fc8892ee17d9661, limb1: 0x8062354d2e4587f6a37e7f8c, limb2: 0x1e0b998f56013bb7, limb3: 0x0 },
        u384 { limb0: 0x4a7590efa93d48d0e909abc7, limb1: 0x3bc542f7d792de46c90c58fe, limb2: 0x2475cff43697b8c0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x8f5e24ba93e5b815fa9ee99a, limb1: 0x8e95f2f064a49a92347f560, limb2: 0x2aa7673e3452a7af, limb3: 0x0 },
        u384 { limb0: 0x56e8eb509c83772966caa1e3, limb1: 0x5a681cd9eeb2fae504fa5c48, limb2: 0xd54096932cd993e, limb3: 0x0 },
        u384 { limb0: 0xf7bd54834fe120e09572b14d, limb1: 0x4a779bccb516bc8a9f22d708, limb2: 0x1513fe133ab15112, limb3: 0x0 },
        u384 { limb0: 0x660df8ae50d68f06619eed16, limb1: 0x282e3f7ce30693a93d73d876, limb2: 0x470046463242088, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xbd0241b241e80a893e9edb35, limb1: 0xfe3709315983e79f1547415f, limb2: 0xb773ab96f9f1041, limb3: 0x0 },
        u384 { limb0: 0x58772d5d0ec67caf51c23f05, limb1: 0x3ebe115db73ef2c2c7f7d9f7, limb2: 0x1681fc49e0ff8fff, limb3: 0x0 },
        u384 { limb0: 0xe3e667a836d788d2b9361e4c, limb1: 0x49892c78bf612719b5d48eda, limb2: 0x106a0c3e8b82b197, limb3: 0x0 },
        u384 { limb0: 0xbe7a65f4cf6a7368a63d4a7, limb1: 0x30d94003d1300403da5bd3d3, limb2: 0xe98921bee6159fe, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xab2f34671b423d0987544918, limb1: 0xa27099ca3055e0e9dc7b1d8a, limb2: 0x21643314a1a2eb0f, limb3: 0x0 },
        u384 { limb0: 0x68e8eb1175f05ab55243cf08, limb1: 0x9703cd2746357719725acede, limb2: 0xb574d67bf7bd2e1, limb3: 0x0 },
        u384 { limb0: 0xa5e92a5e4b2256c504b666d8, limb1: 0x36f27d034cf0f1cecd5c5c9f, limb2: 0xc8b3f3f1a08cbbd, limb3: 0x0 },
        u384 { limb0: 0x2bf3f05c5f70e298fde3931a, limb1: 0xca5d1c375c64ab3341570ddb, limb2: 0x24c4c6d41d8f8a14, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0xb9235d2c4a12cb3946ad9288, limb1: 0xe1f78b1ba7db7c817465c241, limb2: 0x1bddeb91bc2c2fc9, limb3: 0x0 },
        u384 { limb0: 0xd2ee9ae68b5a7861d316d21e, limb1: 0xd74d541e86037f81563bcb0d, limb2: 0x770d6727215aeb8, limb3: 0x0 },
        u384 { limb0: 0xb9cc271bff434d82c203e23b, limb1: 0xfff70f11868f8aed8e152738, limb2: 0xdfe1d9f561ad8bc, limb3: 0x0 },
        u384 { limb0: 0x8585fe79e8627a93f235bd1, limb1: 0xf4c48add1f947c232fa6b39e, limb2: 0x7a1b72b6256a5f0, limb3: 0x0 },
    ],
    [
        u384 { limb0: 0x7d0c233b9d233dc22ccd58dd, limb1: 0x87cc6bd673911ad47631a0e, limb2: 0x267f0e47835a4a4a, limb3: 0x0 },
        u384 { limb0: 0x256b7822064fb0f903d06904, limb1: 0x6d7acc7d4d56ceb7f639b5dc, limb2: 0x1f123587fbf2ff14, limb3: 0x0 },
        u384 { limb0: 0x5bbed78d4d47a7c2b62ca9fc, limb1: 0x4a9f257746ad1945badfe04, limb2: 0xc6cca0156b38428, limb3: 0x0 },
        u384 { limb0: 0x9da1605f12726fce574965f, limb1: 0x3180df598b4db849cdeafd2b, limb2: 0x2147b67e772a00aa, limb3: 0x0 },
    ],
];
