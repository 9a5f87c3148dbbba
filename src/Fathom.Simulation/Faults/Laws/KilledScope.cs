using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults.Laws;

/// <summary>What a kill switch stops.</summary>
/// <param name="Strategy">Number of the strategy, or <see cref="OperatorCommand.AllStrategies"/>.</param>
/// <param name="Instrument">None: all.</param>
internal readonly record struct KilledScope(ushort Strategy, InstrumentId Instrument)
{
    public bool IsAccount => Strategy == OperatorCommand.AllStrategies && Instrument.IsNone;

    public bool Covers(int strategy, InstrumentId instrument) =>
        (Strategy == OperatorCommand.AllStrategies || Strategy == strategy) && (Instrument.IsNone || Instrument == instrument);

    public override string ToString()
    {
        string who = Strategy == OperatorCommand.AllStrategies ? "the account" : $"strategy {Strategy}";
        return Instrument.IsNone ? who : $"{who} in instrument {Instrument.Index}";
    }
}
