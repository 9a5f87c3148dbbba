namespace Fathom.Analytics.Fills;

/// <summary>Takes the fills of a run in their order, each when its last horizon has passed or the run has ended.</summary>
public interface IMarkedFillSink
{
    void Take(MarkedFill fill);
}
