using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>
/// Kill switches hold: what an operator says is done; while one is on nothing leaves in its scope but cancels and, where it closes positions, what does nothing else; and it goes off by an operator alone, who says why.
/// What is on is known from what operators said and from what the engine told, whichever came first.
/// </summary>
internal sealed class KillLaw(TortureState state, OrderShadows orders, ExecutionLedger ledger)
{
    private readonly Dictionary<KilledScope, bool> _on = [];      // with true where positions are closed too
    private readonly HashSet<KilledScope> _told = [];
    private readonly List<OrderCommand> _closing = [];
    private KilledScope? _asked, _rearmed;

    /// <summary>Those that are on.</summary>
    public IEnumerable<KeyValuePair<KilledScope, bool>> On => _on;

    /// <summary>One is on that stops what a strategy does in an instrument.</summary>
    public bool IsOnFor(int strategy, InstrumentId instrument) => Covers(strategy, instrument, flattens: false);

    /// <summary>An operator is about to be heard.</summary>
    public void NoteOperator(in OperatorCommand command)
    {
        KilledScope scope = new(command.Strategy, command.Header.Instrument);
        if (command.Action == OperatorAction.Kill)
        {
            _on[scope] = _on.GetValueOrDefault(scope) | command.Flattens != 0;
            _asked = scope;
        }
        else if (command.Action == OperatorAction.Rearm && !string.IsNullOrWhiteSpace(command.Reason.ToString()))
            _rearmed = scope;
    }

    /// <summary>The engine told of one.</summary>
    public void Note(in KillEvent told)
    {
        KilledScope scope = new(told.Output.Strategy, told.Header.Instrument);
        if (told.IsOn != 0)
        {
            _on[scope] = _on.GetValueOrDefault(scope) | told.Flattens != 0;
            _told.Add(scope);
            return;
        }
        if (_rearmed != scope) state.Break(TortureLaws.Rearm, $"The kill switch of {scope} went off, and no operator had said so with a reason.");
        _on.Remove(scope);
        _told.Remove(scope);
    }

    /// <summary>A command leaves.</summary>
    public void Note(in OrderCommand command)
    {
        if (command.Kind is not (CommandKind.Submit or CommandKind.Replace) || !IsOnFor(command.Output.Strategy, command.Header.Instrument)) return;
        bool mayClose = command.Kind == CommandKind.Submit && Covers(command.Output.Strategy, command.Header.Instrument, flattens: true);
        if (mayClose) _closing.Add(command);
        else state.Break(TortureLaws.KillSwitch, $"{command.Kind} of order {command.ClientOrderId} left while a kill switch was on.");
    }

    /// <summary>The step is over.</summary>
    public void JudgeStep()
    {
        if (_asked is { } asked && !_told.Contains(asked)) state.Break(TortureLaws.KillSwitch, $"An operator turned on the kill switch of {asked}, and the engine did not tell of it.");
        if (_rearmed is { } rearmed && _on.ContainsKey(rearmed)) state.Break(TortureLaws.Rearm, $"An operator turned off the kill switch of {rearmed} with a reason, and it is on.");
        (_asked, _rearmed) = (null, null);
        foreach (OrderCommand command in _closing) JudgeClosing(in command);
        _closing.Clear();
    }

    /// <summary>Ordered by the engine itself, reduce-only, and no more than there is.</summary>
    private void JudgeClosing(in OrderCommand command)
    {
        bool isOurs = command.Reason is ReasonCode.Liquidation or (>= ReasonCode.StopLoss and <= ReasonCode.TimeStop);
        bool isReduceOnly = orders.TryFind(command.ClientOrderId, out OrderShadow order) && order.IsReduceOnly;
        long room = -command.Side.Sign() * ledger.Position(command.Output.Strategy, command.Header.Instrument.Index);
        if (isOurs && isReduceOnly && command.Quantity.Nanos <= room) return;
        state.Break(TortureLaws.KillSwitch, $"Order {command.ClientOrderId} ({command.Side} {command.Quantity}, {command.Reason}) left while a kill switch was closing positions, with {new Quantity(room)} to close.");
    }

    private bool Covers(int strategy, InstrumentId instrument, bool flattens)
    {
        foreach ((KilledScope scope, bool isFlattening) in _on)
            if ((isFlattening || !flattens) && scope.Covers(strategy, instrument)) return true;
        return false;
    }
}
