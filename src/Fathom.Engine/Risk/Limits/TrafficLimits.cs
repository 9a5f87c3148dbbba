using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Risk.Limits;

/// <summary>How many orders may live, and how often messages may leave. An order that only reduces the strategy's position passes, and is counted; cancels are counted alone.</summary>
internal sealed class TrafficLimits
{
    private readonly ScopeTable _scopes;
    private readonly ExposureSums? _sums;
    private readonly WorstPositions _positions;
    private readonly Account _account;
    private readonly bool _hasOrders, _hasRates, _hasMessages;

    /// <param name="sums">Made wherever live orders are limited.</param>
    public TrafficLimits(ScopeTable scopes, ExposureSums? sums, WorstPositions positions, Account account)
    {
        (_scopes, _sums, _positions, _account) = (scopes, sums, positions, account);
        _hasOrders = scopes.Any(static limits => limits.OpenOrdersMax is not null);
        _hasRates = scopes.Any(static limits => limits.OrderRateMax is not null || limits.ReplaceRateMax is not null || limits.CancelRateMax is not null);
        _hasMessages = scopes.Any(static limits => limits.MessagesPerFillMax is not null);
    }

    /// <summary>Something is limited.</summary>
    public bool IsCounted => _hasOrders || _hasRates || _hasMessages;

    /// <param name="added">By how much the command makes the reservation of its side larger, units of 1e-9.</param>
    public Refusal Check(in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        if (_hasOrders) _sums!.Refresh();
        if (explained is null && AreAllWithin(in command, of)) return Refusal.None;
        Refusal refusal = _hasOrders && command.Kind == CommandKind.Submit ? CheckScopes(RiskRule.OpenOrders, in command, of, added, explained) : Refusal.None;
        if (_hasRates)
        {
            if (refusal.IsNone) refusal = CheckScopes(RiskRule.OrderRate, in command, of, added, explained);
            if (refusal.IsNone && command.Kind == CommandKind.Replace) refusal = CheckScopes(RiskRule.ReplaceRate, in command, of, added, explained);
            if (refusal.IsNone && command.Kind == CommandKind.Submit) refusal = CheckScopes(RiskRule.CancelRate, in command, of, added, explained);
        }
        return refusal.IsNone && _hasMessages ? CheckScopes(RiskRule.MessagesPerFill, in command, of, added, explained) : refusal;
    }

    /// <summary>No limit is met: the usual case, scope by scope instead of rule by rule.</summary>
    private bool AreAllWithin(in OrderCommand command, ScopeTable.OfInstrument of)
    {
        bool isNew = command.Kind == CommandKind.Submit;
        Timestamp clock = command.Header.EventTime;
        if (!IsWithin(_scopes.Strategies[command.Output.Strategy], isNew, clock) || !IsWithin(_scopes.Account, isNew, clock)) return false;
        foreach (ScopeState scope in of.Scopes)
            if (!IsWithin(scope, isNew, clock)) return false;
        return true;
    }

    private bool IsWithin(ScopeState scope, bool isNew, Timestamp clock)
    {
        if (isNew && scope.Orders >= scope.OrdersMax) return false;
        if (scope.Rates is { } rates && (rates.Orders?.IsFull(clock) == true || (isNew ? rates.Cancels : rates.Replaces)?.IsFull(clock) == true)) return false;
        return scope.Messages is not { } messages || messages.IsFree(clock) || messages.WithOneMore(clock) <= messages.Max(clock, Fills(scope.Owner));
    }

    /// <summary>A message leaves.</summary>
    /// <param name="of">Null where the instrument was never defined.</param>
    public void Note(in OrderCommand command, ScopeTable.OfInstrument? of)
    {
        int strategy = command.Output.Strategy;
        if (strategy < _scopes.Strategies.Length) Note(_scopes.Strategies[strategy], in command);      // that of an order that is not ours is nobody's
        if (of is not null)
            foreach (ScopeState scope in of.Scopes) Note(scope, in command);
        Note(_scopes.Account, in command);
    }

    private void Note(ScopeState scope, in OrderCommand command)
    {
        scope.Rates?.Note(command.Kind, command.Header.EventTime);
        if (scope.Messages is not { } messages) return;
        if (messages.BeginsDay(command.Header.EventTime)) messages.BeginDay(command.Header.EventTime, Fills(scope.Owner));
        messages.Note();
    }

    private Refusal CheckScopes(RiskRule rule, in OrderCommand command, ScopeTable.OfInstrument of, long added, List<RuleVerdict>? explained)
    {
        Refusal refusal = Check(rule, _scopes.Strategies[command.Output.Strategy], in command, added, explained);
        if (!refusal.IsNone) return refusal;
        foreach (ScopeState scope in of.Scopes)
        {
            refusal = Check(rule, scope, in command, added, explained);
            if (!refusal.IsNone) return refusal;
        }
        return Check(rule, _scopes.Account, in command, added, explained);
    }

    private Refusal Check(RiskRule rule, ScopeState scope, in OrderCommand command, long added, List<RuleVerdict>? explained)
    {
        if (!TryMeasure(rule, scope, command.Header.EventTime, isExact: explained is not null, out long max, out long found) || (found <= max && explained is null)) return Refusal.None;
        return RuleVerdict.Say(explained, rule, scope.Scope, found <= max || _positions.OnlyReduces(in command, command.Output.Strategy, added), max, found);
    }

    /// <param name="isExact">False: it is enough to know whether there are too many.</param>
    /// <param name="found">With the message that is judged.</param>
    private bool TryMeasure(RiskRule rule, ScopeState scope, Timestamp clock, bool isExact, out long max, out long found)
    {
        (max, found) = (0, 0);
        switch (rule)
        {
            case RiskRule.OpenOrders:
                (max, found) = (scope.OrdersMax, scope.Orders + 1);
                return scope.OrdersMax != int.MaxValue;
            case RiskRule.MessagesPerFill:
                if (scope.Messages is not { } messages) return false;
                (max, found) = (messages.Max(clock, Fills(scope.Owner)), messages.WithOneMore(clock));
                return true;
        }
        RecentOrders? recent = rule == RiskRule.OrderRate ? scope.Rates?.Orders : rule == RiskRule.ReplaceRate ? scope.Rates?.Replaces : scope.Rates?.Cancels;
        if (recent is null) return false;
        (max, found) = (recent.Max, recent.IsFull(clock) ? recent.Max + 1 : isExact ? recent.CountAt(clock) + 1 : 1);
        return true;
    }

    private long Fills(int owner)
    {
        if (owner >= 0) return _account.Strategy(owner).Fills;
        long sum = 0;
        for (int strategy = 0; strategy < _account.StrategyCount; strategy++) sum += _account.Strategy(strategy).Fills;
        return sum;
    }
}
