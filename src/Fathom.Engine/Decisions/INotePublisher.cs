using Fathom.Domain.Messages;

namespace Fathom.Engine.Decisions;

/// <summary>Numbers what a strategy writes and shows it to those who watch the run.</summary>
internal interface INotePublisher
{
    void Publish(ref PlotEvent plot);
    void Publish(ref AnnotationEvent annotation);
    void Publish(ref LogEvent entry);
}
