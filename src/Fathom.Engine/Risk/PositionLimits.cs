using Fathom.Domain.Values;
using Fathom.Engine.Portfolio.States;

namespace Fathom.Engine.Risk;

/// <summary>What positions are held to, for those that judge how close they are.</summary>
internal sealed class PositionLimits(RiskGate gate) : IPositionLimits
{
    public Quantity PositionMax(int owner, InstrumentId instrument) => gate.StatedPositionMax(owner, instrument);
}
