using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>Orders, replacements and cancels leave no more often than each part of the account may send them, by the engine's clock; and no more of them for each fill. What only reduces counts, and is never too much.</summary>
internal sealed class RateLaw(TortureState state, StatedLimits limits, MarkWitness marks)
{
    private static readonly long s_day = Duration.FromMilliseconds(86_400_000).Nanos;

    private readonly List<(CommandKind Kind, int Strategy, int Instrument, Timestamp Time)> _left = [];
    private readonly List<LimitScope> _scopes = Limited(limits);
    private readonly Dictionary<LimitScope, (long Day, long Messages)> _messages = [];
    private readonly long[] _booked = new long[limits.StrategyCount];

    /// <summary>Something was booked for a strategy, or may have been: more fills than there were allow more messages than there may be, and never fewer.</summary>
    public void NoteBooked(int strategy)
    {
        if ((uint)strategy < (uint)_booked.Length) _booked[strategy] += 2;      // a correction takes one back and books one
    }

    /// <summary>A command left, the newest of all.</summary>
    /// <param name="mayBeHeld">It is one that a rate could have stopped.</param>
    public void Judge(in OrderCommand command, OrderShadow order, bool mayBeHeld)
    {
        if (_scopes.Count == 0) return;
        Timestamp now = command.Header.EventTime;
        _left.RemoveAll(old => old.Time + Longest(_scopes) <= now);
        _left.Add((command.Kind, order.Strategy, order.Instrument.Index, now));
        foreach (LimitScope scope in _scopes)
        {
            if (!scope.Concerns(order.Strategy, marks.SymbolOf(order.Instrument.Index))) continue;
            if (scope.Limits.MessagesPerFillMax is { } ratio) JudgeMessages(scope, ratio, now, mayBeHeld);
            if (mayBeHeld) JudgeRates(scope, command.Kind, now);
        }
    }

    private void JudgeRates(LimitScope scope, CommandKind kind, Timestamp now)
    {
        Hold(scope, scope.Limits.OrderRateMax, now, "orders and replacements", static of => of is CommandKind.Submit or CommandKind.Replace, more: 0);
        if (kind == CommandKind.Replace) Hold(scope, scope.Limits.ReplaceRateMax, now, "replacements", static of => of == CommandKind.Replace, more: 0);
        if (kind == CommandKind.Submit) Hold(scope, scope.Limits.CancelRateMax, now, "cancels and one that may follow", static of => of == CommandKind.Cancel, more: 1);
    }

    private void Hold(LimitScope scope, OrderRate? stated, Timestamp now, string what, Func<CommandKind, bool> counts, int more)
    {
        if (stated is not { } rate) return;
        int count = more;
        foreach ((CommandKind kind, int strategy, int instrument, Timestamp time) in _left)
            if (counts(kind) && time + rate.Window > now && scope.Concerns(strategy, marks.SymbolOf(instrument))) count++;
        if (count > rate.Count) state.Break(TortureLaws.Limits, $"{count} {what} of {scope.Name} left within {rate.Window}; {rate.Count} are allowed.");
    }

    private void JudgeMessages(LimitScope scope, MessageRatio ratio, Timestamp now, bool mayBeHeld)
    {
        long day = now.Nanos / s_day, booked = 0;
        (long Day, long Messages) before = _messages.GetValueOrDefault(scope);
        long messages = before.Day == day ? before.Messages + 1 : 1;
        _messages[scope] = (day, messages);
        for (int strategy = 0; strategy < _booked.Length; strategy++)
            if (scope.Owner is null || scope.Owner == strategy) booked += _booked[strategy];
        long most = Math.Max(ratio.From, ratio.Max * Math.Max(booked, 1));
        if (mayBeHeld && messages > most) state.Break(TortureLaws.Limits, $"{messages} messages of {scope.Name} left on a day with at most {booked} fills; {most} are allowed.");
    }

    private static List<LimitScope> Limited(StatedLimits limits)
    {
        List<LimitScope> scopes = [];
        foreach (LimitScope scope in limits.Scopes)
            if (scope.HasRate) scopes.Add(scope);
        return scopes;
    }

    private static Duration Longest(List<LimitScope> scopes)
    {
        Duration longest = Duration.Zero;
        foreach (LimitScope scope in scopes)
            if (scope.LongestWindow > longest) longest = scope.LongestWindow;
        return longest;
    }
}
