using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>Someone who watches a run: told of everything that leaves, arrives or is struck, in the order in which it happens.</summary>
public interface ITortureTrace
{
    /// <summary>A message left, arrived, was lost, delayed or duplicated.</summary>
    /// <param name="message">Any message; valid during the call.</param>
    void OnMessage(in TraceEntry entry, ReadOnlySpan<byte> message);

    /// <summary>Who is shown what the engine publishes about orders, fills, doubts and reconciliations, but not while it is rebuilt by replay; null: nobody.</summary>
    IRunObserver? Observer => null;

    /// <summary>A fault struck. What it does to a message is told as that message's fate.</summary>
    /// <param name="time">The true time, which is the venue's.</param>
    void OnFault(long step, Timestamp time, in Fault fault) { }

    /// <summary>A law was broken: the run ends here.</summary>
    void OnBroken(long step, Timestamp time, string law, string detail) { }
}
