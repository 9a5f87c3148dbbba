using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What leaves while a kill switch is on. Which one is on is known from what operators said and, of those that a strategy or a rule turned on, from what was published: none goes off but by an operator's word with a
/// reason.</summary>
internal sealed class KillLaw(TortureState state, ExecutionLedger ledger, Func<ClientOrderId, int> ownerOf)
{
    private readonly List<OperatorCommand> _active = [];      // as if an operator had said it
    private bool _isRearming;

    /// <summary>An operator says it in the step that begins.</summary>
    public void Note(in OperatorCommand said)
    {
        _isRearming = said.Action == OperatorAction.Rearm && said.Reason.ToString().Length > 0;
        if (_isRearming) Remove(said.Strategy, said.Header.Instrument);
        else if (said.Action == OperatorAction.Kill) Add(said.Strategy, said.Header.Instrument, said.Flattens != 0);
    }

    /// <summary>Another input begins a step.</summary>
    public void NoteOther() => _isRearming = false;

    public void Note(in KillEvent kill)
    {
        if (kill.IsOn != 0) Add(kill.Output.Strategy, kill.Header.Instrument, kill.Flattens != 0);
        else if (!_isRearming) state.Break(TortureLaws.KillSwitch, "A kill switch went off without an operator who stated a reason.");
    }

    public void Judge(in OrderCommand command)
    {
        if (_active.Count == 0 || command.Kind is not (CommandKind.Submit or CommandKind.Replace)) return;
        int owner = ownerOf(command.ClientOrderId);
        InstrumentId instrument = command.Header.Instrument;
        bool isStopped = false, isClosed = false;
        foreach (OperatorCommand kill in _active)
        {
            if (!Covers(in kill, owner, instrument)) continue;
            isStopped = true;
            isClosed |= kill.Flattens != 0;
        }
        if (!isStopped) return;
        if (!isClosed || command.Reason != ReasonCode.Liquidation)
            state.Break(TortureLaws.KillSwitch, $"{command.Kind} of order {command.ClientOrderId} left while a kill switch was on.");
        else if (command.Quantity.Nanos > -ledger.Position(owner, instrument.Index) * command.Side.Sign())
            state.Break(TortureLaws.KillSwitch, $"Order {command.ClientOrderId} left to close a position and is to {command.Side} {command.Quantity}, more than there is.");
    }

    private static bool Covers(in OperatorCommand kill, int owner, InstrumentId instrument) =>
        (kill.Strategy == OperatorCommand.AllStrategies || kill.Strategy == owner) && (kill.Header.Instrument.IsNone || kill.Header.Instrument == instrument);

    private void Add(ushort strategy, InstrumentId instrument, bool flattens)
    {
        int at = PlaceOf(strategy, instrument);
        bool wasFlattening = at >= 0 && _active[at].Flattens != 0;
        Remove(strategy, instrument);
        OperatorCommand kill = new() { Strategy = strategy, Flattens = flattens || wasFlattening ? (byte)1 : (byte)0 };
        kill.Header.Instrument = instrument;
        _active.Add(kill);
    }

    private void Remove(ushort strategy, InstrumentId instrument)
    {
        int at = PlaceOf(strategy, instrument);
        if (at >= 0) _active.RemoveAt(at);
    }

    private int PlaceOf(ushort strategy, InstrumentId instrument)
    {
        for (int i = 0; i < _active.Count; i++)
            if (_active[i].Strategy == strategy && _active[i].Header.Instrument == instrument) return i;
        return -1;
    }
}
