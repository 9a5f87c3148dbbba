using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Kill;

/// <summary>The kill rules that go by money: the fall from the peak and the day's loss. After an operator turned the switch on again they count from there, or they would be met at once; the next session counts from the
/// account's own peak again.</summary>
internal sealed class MoneyRules(List<KillRule> rules, RiskMeasures measures, Account account)
{
    private readonly Dictionary<int, Int128> _peaks = [];       // of owners that were re-armed
    private readonly Dictionary<int, (Timestamp Day, Int128 Loss)> _losses = [];
    private long _version = -1;

    /// <summary>Looks at what may have changed since the last time.</summary>
    /// <param name="trips">Takes the rule, the owner (−1: the account) and what was found.</param>
    public void Judge(Action<KillRule, int, long> trips)
    {
        if (measures.Version == _version) return;
        _version = measures.Version;
        foreach (KillRule rule in rules)
        {
            int first = rule.Scope == KillScope.Account ? RiskMeasures.WholeAccount : 0, last = rule.Scope == KillScope.Account ? first : measures.StrategyCount - 1;
            for (int owner = first; owner <= last; owner++)
            {
                Int128 found = rule.Cause == KillCause.Drawdown ? Drawdown(owner) : Loss(owner);
                if (found >= rule.Limit) trips(rule, owner, (long)Int128.Min(found, long.MaxValue));
            }
        }
    }

    /// <summary>From here on the owner is counted anew.</summary>
    public void Forget(int owner)
    {
        _peaks[owner] = measures.EquityNanos(owner);
        _losses[owner] = (account.DayEnd, measures.DailyLossNanos(owner));
        _version = -1;
    }

    /// <summary>In 1e-9 of the peak; 0 while no peak is above zero.</summary>
    private Int128 Drawdown(int owner)
    {
        Int128 equity = measures.EquityNanos(owner), peak = measures.PeakNanos(owner);
        if (_peaks.Count > 0 && _peaks.TryGetValue(owner, out Int128 since)) _peaks[owner] = peak = Int128.Max(since, equity);
        return peak <= 0 || equity >= peak ? 0 : (peak - equity) * Price.Scale / peak;
    }

    private Int128 Loss(int owner)
    {
        Int128 loss = measures.DailyLossNanos(owner);
        bool isRearmed = _losses.Count > 0 && _losses.TryGetValue(owner, out (Timestamp Day, Int128 Loss) before) && before.Day == account.DayEnd;
        return isRearmed ? loss - _losses[owner].Loss : loss;
    }
}
