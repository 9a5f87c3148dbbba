using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk.Kill;

/// <summary>When a kill switch is turned on by itself.</summary>
/// <param name="Cause">What is watched.</param>
/// <param name="Scope">Of what, and what is stopped.</param>
/// <param name="Limit">When this is reached. Drawdown: share of the peak in 1e-9. Day's loss: the account's currency in 1e-9. Rates: a count within the window. Unknown orders: a count. Stale data: a time without any,
/// nanoseconds. A strategy's exception: 0.</param>
/// <param name="Window">Of a rate; zero for others. Messages are counted within a second.</param>
/// <param name="Flattens">Positions in scope are closed too.</param>
public readonly record struct KillRule(KillCause Cause, KillScope Scope, long Limit, Duration Window = default, bool Flattens = false)
{
    /// <summary>Most of what a rate or a number of orders can be held to.</summary>
    public const int CountMax = 100_000;

    /// <summary>Of which scopes a rule can be; none for what is no rule.</summary>
    public static IReadOnlyList<KillScope> ScopesOf(KillCause cause) => cause switch
    {
        KillCause.Drawdown or KillCause.DailyLoss or KillCause.AnomalyRate or KillCause.UnknownOrders or KillCause.MessageRate => [KillScope.Account, KillScope.Strategy],
        KillCause.RejectRate => [KillScope.Account, KillScope.Strategy, KillScope.Instrument],
        KillCause.StaleData => [KillScope.Instrument, KillScope.Account],
        KillCause.StrategyException => [KillScope.Strategy, KillScope.Account],
        _ => [],
    };

    /// <exception cref="ArgumentException">It makes no sense, or could never fire.</exception>
    internal void Require()
    {
        bool isRate = Cause is KillCause.AnomalyRate or KillCause.RejectRate or KillCause.MessageRate;
        bool isSound = HasScope() && (isRate ? Window > Duration.Zero : Window == Duration.Zero) && Cause switch
        {
            KillCause.Drawdown => Limit is > 0 and < Price.Scale,
            KillCause.StrategyException => Limit == 0,
            KillCause.DailyLoss or KillCause.StaleData => Limit > 0,
            _ => Limit is > 0 and <= CountMax,
        };
        if (!isSound) throw new ArgumentException($"A kill rule is of a scope that its cause has, with a limit above zero (a drawdown's below 1) and a window where it is a rate; found {this}.");
    }

    private bool HasScope()
    {
        foreach (KillScope scope in ScopesOf(Cause))
            if (scope == Scope) return true;
        return false;
    }
}
