using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Data.Merging;

/// <summary>One of the sources that are merged, opened when its time comes and closed at its end.</summary>
/// <param name="First">No message takes effect before: until then it stays closed.</param>
/// <param name="Latency">On top of the messages' receive times.</param>
/// <param name="BlockBytes">Of which so many are read at once; room for the longest message.</param>
/// <param name="Open">Called once.</param>
/// <param name="Close">Called once, after the end or on disposal, with what was opened.</param>
internal sealed record MergeInput(Timestamp First, Duration Latency, int BlockBytes, Func<IMessageSource> Open, Action<IMessageSource>? Close = null);
