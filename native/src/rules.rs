//! Numbers of the two risk rules, pinned here and never taken from a proof.
//!
//! Sources: rule 1 is Obsqra V1.2's risk score, rule 2 its later on-chain `RiskEngine` (v4). Both are one formula:
//!
//! `clamp(util*w_util div 10000 + vol*w_vol div 10000 + liquidity[tier] + (100-audit)*w_audit div d_audit
//!  + max(0, age_cap-age)*w_age div d_age, clamp_min, clamp_max)`
//!
//! V1.2 writes its age term as `max(0, 10 - age div 100)`, which equals `max(0, 1099-age) div 100`.

/// Parameters of one risk rule. `liquidity` is indexed by our tier (3 = deepest).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskRule {
    pub id: u32,
    pub w_util: u32,
    pub w_vol: u32,
    pub liquidity: [u32; 4],
    pub w_audit: u32,
    pub d_audit: u32,
    pub age_cap: u32,
    pub w_age: u32,
    pub d_age: u32,
    pub clamp_min: u32,
    pub clamp_max: u32,
}

/// Number of public values that describe a rule.
pub const RULE_VALUES: usize = 13;

pub const RULES: [RiskRule; 2] = [
    RiskRule {
        id: 1,
        w_util: 35,
        w_vol: 30,
        liquidity: [15, 10, 5, 0],
        w_audit: 1,
        d_audit: 5,
        age_cap: 1099,
        w_age: 1,
        d_age: 100,
        clamp_min: 5,
        clamp_max: 95,
    },
    RiskRule {
        id: 2,
        w_util: 25,
        w_vol: 40,
        liquidity: [30, 15, 5, 0],
        w_audit: 3,
        d_audit: 10,
        age_cap: 730,
        w_age: 10,
        d_age: 730,
        clamp_min: 5,
        clamp_max: 95,
    },
];

impl RiskRule {
    /// The rule with this id, if the product knows it.
    #[must_use]
    pub fn by_id(id: u32) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }

    /// The rule as public values, in the order of [`crate::public::RulePublic`].
    #[must_use]
    pub fn values(&self) -> [u32; RULE_VALUES] {
        let [l0, l1, l2, l3] = self.liquidity;
        [
            self.w_util,
            self.w_vol,
            l0,
            l1,
            l2,
            l3,
            self.w_audit,
            self.d_audit,
            self.age_cap,
            self.w_age,
            self.d_age,
            self.clamp_min,
            self.clamp_max,
        ]
    }
}
