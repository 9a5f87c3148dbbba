using Fathom.Domain.Messages;
using Fathom.Domain.Ports;

namespace Fathom.Engine.Loop;

/// <summary>Numbers everything that the engine puts out, and shows it to the observer in that order.</summary>
internal sealed class Publisher(IRunObserver observer, Fingerprint fingerprint)
{
    private long _sequence;
    private long _cause;
    private int _indexInStep;

    /// <param name="cause">Number of the input.</param>
    public void BeginStep(long cause)
    {
        _cause = cause;
        _indexInStep = 0;
    }

    public void Publish(ref OrderCommand command)
    {
        Number(ref command.Output);
        fingerprint.AddOutput(Messages.AsBytes(in command));
        observer.OnCommand(in command);
    }

    public void Publish(ref OrderEvent change)
    {
        Number(ref change.Output);
        fingerprint.AddOutput(Messages.AsBytes(in change));
        observer.OnOrder(in change);
    }

    public void Publish(ref FillEvent fill)
    {
        Number(ref fill.Output);
        fingerprint.AddOutput(Messages.AsBytes(in fill));
        observer.OnFill(in fill);
    }

    private void Number(ref OutputHeader output)
    {
        output.Sequence = ++_sequence;
        output.Cause = _cause;
        output.IndexInStep = _indexInStep++;
    }
}
