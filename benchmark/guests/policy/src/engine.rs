//! Parses and decides; what is wrong is told with its line.

/// JSON with the decision and the line that made it; 0 if none did.
pub fn decide(policy: &str, facts: &str) -> Result<String, String> {
    let facts: Vec<(&str, &str)> = facts.lines().filter_map(|line| line.split_once('=')).collect();
    for (index, line) in policy.lines().enumerate() {
        let (effect, conditions) = line.split_once(' ').ok_or_else(|| wrong(index, "no condition"))?;
        if effect != "allow" && effect != "deny" {
            return Err(wrong(index, "neither allow nor deny"));
        }
        let mut holds = true;
        for condition in conditions.split(" and ") {
            holds &= check(condition, &facts).map_err(|why| wrong(index, why))?;
        }
        if holds {
            return Ok(format!("{{\"decision\":\"{effect}\",\"line\":{}}}", index + 1));
        }
    }
    Ok("{\"decision\":\"deny\",\"line\":0}".into())
}

fn wrong(index: usize, why: &str) -> String {
    format!("line {}: {why}\n", index + 1)
}

fn check(condition: &str, facts: &[(&str, &str)]) -> Result<bool, &'static str> {
    let mut words = condition.splitn(3, ' ');
    let (Some(name), Some(operator), Some(value)) = (words.next(), words.next(), words.next()) else {
        return Err("a condition is NAME OPERATOR VALUE");
    };
    let fact = facts.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    match operator {
        "=" => Ok(fact == value),
        "!=" => Ok(fact != value),
        "in" => Ok(value.split(',').any(|each| each == fact)),
        "<" => Ok(number(fact)? < number(value)?),
        ">" => Ok(number(fact)? > number(value)?),
        _ => Err("unknown operator"),
    }
}

fn number(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| "no number")
}
