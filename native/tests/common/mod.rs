//! Statements for the tests, made by an independent plain computation of the rules.

pub mod forge;
pub mod layout;
pub mod weak;

use obsqra_native::rules::RiskRule;
use obsqra_native::statement::{MODULUS, Statement, WEIGHTS, model_digest};
use obsqra_native::trace::{self, Opening};

/// Obsqra's linear model as a 5-8-3 network.
pub fn linear_v0() -> [i32; WEIGHTS] {
    let mut w = [0i32; WEIGHTS];
    w[..15].copy_from_slice(&[2, 3, 500, 0, 0, 0, 0, 0, -200, 0, 0, 0, 0, 0, -5]);
    w[40..43].copy_from_slice(&[0, 20_000, 3_650]);
    w[64..67].copy_from_slice(&[1, 1, 1]);
    w[72..].copy_from_slice(&[0, -(1 << 23), -22_000]);
    w
}

/// A tiny deterministic generator (SplitMix64) for test data.
pub struct Mix(pub u64);

impl Mix {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n)) as u32
    }
}

pub fn random_weights(mix: &mut Mix) -> [i32; WEIGHTS] {
    let bounds = |i: usize| match i {
        0..40 => [63, 63, 65_535, 4_095, 31][i % 5],
        40..48 => 1 << 20,
        48..72 => 15,
        _ => 1 << 23,
    };
    core::array::from_fn(|i| {
        let bound: i32 = bounds(i);
        mix.below(2 * bound as u32 + 1) as i32 - bound
    })
}

pub fn score(rule: &RiskRule, m: &[u32; 6]) -> u32 {
    let [u, v, t, a, g, _] = *m;
    let total = u * rule.w_util / 10_000
        + v * rule.w_vol / 10_000
        + rule.liquidity[t as usize]
        + (100 - a) * rule.w_audit / rule.d_audit
        + rule.age_cap.saturating_sub(g) * rule.w_age / rule.d_age;
    total.clamp(rule.clamp_min, rule.clamp_max)
}

pub fn class(w: &[i32; WEIGHTS], m: &[u32; 6]) -> u32 {
    let hidden: Vec<i64> = (0..8)
        .map(|i| {
            let dot: i64 = (0..5)
                .map(|j| i64::from(w[5 * i + j]) * i64::from(m[j]))
                .sum();
            (dot + i64::from(w[40 + i])).max(0)
        })
        .collect();
    let o: Vec<i64> = (0..3)
        .map(|k| {
            i64::from(w[72 + k])
                + (0..8)
                    .map(|i| i64::from(w[48 + 8 * k + i]) * hidden[i])
                    .sum::<i64>()
        })
        .collect();
    let first = u32::from(o[1] >= o[0]);
    if o[2] >= o[0].max(o[1]) { 2 } else { first }
}

/// Parts of a statement before encoding; `bytes` writes the canonical form.
#[derive(Clone)]
pub struct Case {
    pub rule: u32,
    pub weights: [i32; WEIGHTS],
    pub metrics: Vec<[u32; 6]>,
    pub opening: Opening,
}

impl Case {
    pub fn sample() -> Self {
        Self {
            rule: 1,
            weights: linear_v0(),
            metrics: vec![
                [6500, 3500, 1, 98, 800, 850],
                [5000, 2500, 2, 95, 600, 1210],
            ],
            opening: Opening {
                cap: 6000,
                min_pools: 2,
                max_risk: 60,
                max_volatility: 5000,
                min_liquidity: 1,
                exclude: 0,
                mask: 3,
                salt: [1, 2, 3, 4, 5, 6, 7, MODULUS - 1],
            },
        }
    }

    pub fn random(mix: &mut Mix) -> Self {
        let n = 1 + mix.below(8) as usize;
        let edge = |mix: &mut Mix, max: u32| match mix.below(6) {
            0 => 0,
            1 => max,
            _ => mix.below(max + 1),
        };
        let metrics = (0..n)
            .map(|_| {
                let mut m = [10_000, 10_000, 3, 100, 30_000, 20_000].map(|max| edge(mix, max));
                if mix.below(2) == 0 {
                    m[4] %= 1200;
                }
                m
            })
            .collect();
        let weights = if mix.below(2) == 0 {
            linear_v0()
        } else {
            random_weights(mix)
        };
        Self {
            rule: 1 + mix.below(2),
            weights,
            metrics,
            opening: Opening {
                cap: 1 + edge(mix, 9_999),
                min_pools: 1 + mix.below(2),
                max_risk: [40, 70, 95, 100][mix.below(4) as usize],
                max_volatility: [5_000, 10_000][mix.below(2) as usize],
                min_liquidity: mix.below(2),
                exclude: mix.below(2),
                mask: if mix.below(2) == 0 {
                    255 >> (8 - n)
                } else {
                    mix.below(1 << n)
                },
                salt: core::array::from_fn(|_| mix.below(MODULUS)),
            },
        }
    }

    /// Scores, classes, allocation, idle, decision by plain water-filling; `None` if infeasible.
    pub fn outputs(&self) -> Option<(Vec<[u32; 3]>, u32, u32)> {
        let rule = RiskRule::by_id(self.rule).unwrap();
        let o = &self.opening;
        let scores: Vec<u32> = self.metrics.iter().map(|m| score(rule, m)).collect();
        let classes: Vec<u32> = self
            .metrics
            .iter()
            .map(|m| class(&self.weights, m))
            .collect();
        let eligible: Vec<usize> = (0..self.metrics.len())
            .filter(|&i| {
                let m = &self.metrics[i];
                (o.mask >> i) & 1 == 1
                    && scores[i] <= o.max_risk
                    && m[1] <= o.max_volatility
                    && m[2] >= o.min_liquidity
                    && m[5] > 0
                    && !(o.exclude == 1 && classes[i] == 2)
            })
            .collect();
        let share =
            |i: usize| i128::from(self.metrics[i][5]) * 10_000 / (i128::from(scores[i]) + 1);
        // Sort by share, cap from the top: an independent way to the same fixpoint.
        let cap = i128::from(o.cap);
        let distributable = 10_000.min(cap * eligible.len() as i128);
        let mut order = eligible.clone();
        order.sort_by_key(|&i| core::cmp::Reverse(share(i)));
        let mut capped = 0usize;
        let (mut rest, mut sum);
        loop {
            rest = distributable - cap * capped as i128;
            sum = order[capped..].iter().map(|&i| share(i)).sum::<i128>();
            let Some(&top) = order.get(capped) else { break };
            if rest * share(top) < cap * sum {
                break;
            }
            capped += 1;
        }
        let mut allocation = vec![0i128; self.metrics.len()];
        for &i in &order[..capped] {
            allocation[i] = cap;
        }
        let open = &order[capped..];
        for &i in open {
            allocation[i] = rest * share(i) / sum;
        }
        if let Some(&last) = open.iter().max() {
            let dust = rest - open.iter().map(|&i| allocation[i]).sum::<i128>();
            allocation[last] = cap.min(allocation[last] + dust);
        }
        let spread = allocation.iter().filter(|&&a| a >= 1000).count();
        if eligible.len() < o.min_pools as usize || spread < o.min_pools as usize {
            return None;
        }
        let idle = 10_000 - allocation.iter().sum::<i128>();
        let decision = u32::from(eligible.iter().any(|&i| classes[i] == 2));
        let rows = (0..self.metrics.len())
            .map(|i| [scores[i], classes[i], allocation[i] as u32])
            .collect();
        Some((rows, decision, idle as u32))
    }

    fn write(&self, commitment: [u32; 8]) -> Option<Vec<u8>> {
        let (rows, decision, idle) = self.outputs()?;
        let mut b = b"OBSQRA/STMT/1\0\0\0".to_vec();
        let word = |b: &mut Vec<u8>, x: u32| b.extend(x.to_le_bytes());
        word(&mut b, 1);
        word(&mut b, 1);
        for fill in [1u8, 2, 3] {
            b.extend([fill; 31]);
            b.push(0);
        }
        for x in [7u64, 1_900_000_000, 1204] {
            b.extend(x.to_le_bytes());
        }
        b.extend([9u8; 32]);
        word(&mut b, self.rule);
        b.extend(model_digest(&self.weights));
        for w in self.weights {
            b.extend(w.to_le_bytes());
        }
        for limb in commitment {
            word(&mut b, limb);
        }
        word(&mut b, self.metrics.len() as u32);
        for (i, m) in self.metrics.iter().enumerate() {
            b.extend([i as u8 + 1; 31]);
            b.push(0);
            for &x in m {
                word(&mut b, x);
            }
            let [score, class, allocation] = rows[i];
            for x in [score, class, u32::from(class == 2), allocation] {
                word(&mut b, x);
            }
        }
        word(&mut b, decision);
        word(&mut b, idle);
        Some(b)
    }

    /// The opening as the prover reads it.
    pub fn opening_bytes(&self) -> Vec<u8> {
        let o = &self.opening;
        let fields = [
            o.cap,
            o.min_pools,
            o.max_risk,
            o.max_volatility,
            o.min_liquidity,
            o.exclude,
            o.mask,
        ];
        fields
            .iter()
            .chain(&o.salt)
            .flat_map(|word| word.to_le_bytes())
            .collect()
    }

    /// The canonical statement; `None` if the policy is infeasible for these metrics.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let draft = Statement::parse(&self.write([0; 8])?).expect("a well-formed draft");
        self.write(trace::commitment(&draft, &self.opening))
    }
}
