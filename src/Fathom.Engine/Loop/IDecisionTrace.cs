using Fathom.Domain.Messages;
using Fathom.Engine.Decisions;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>Is shown what a step decides at the moments at which everything that was known can still be read: the way to an explanation of a run that is run again. An ordinary run has none,
/// and pays a comparison with null where wants take effect, where an order is judged and where a step comes to rest. It may read the engine, and changes nothing.</summary>
internal interface IDecisionTrace
{
    /// <summary>A callback is over; what the strategy wants is about to take effect.</summary>
    /// <param name="wants">At least one, in the order asked; valid during the call.</param>
    void OnWants(ushort strategy, StrategyCallback callback, ReadOnlySpan<Want> wants);

    /// <summary>A new order, a held order that leaves, or a replacement is about to be judged: nothing is reserved for it yet.</summary>
    /// <param name="command">As it was asked for.</param>
    /// <param name="isChild">It would wait at the venue for another one's fill.</param>
    void OnJudging(in OrderCommand command, OrderOrigin origin, bool isChild);

    /// <summary>The step came to rest, and its commands are with the venue. More than once where bars closed before the input was looked at.</summary>
    void OnRest();
}
