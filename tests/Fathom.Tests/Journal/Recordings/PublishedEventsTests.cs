using System.Reflection;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Journal.Recordings;

namespace Fathom.Tests.Journal.Recordings;

public class PublishedEventsTests
{
    /// <summary>An event that nobody records would be missing in every recording without a word.</summary>
    [Fact]
    public void Every_event_of_an_observer_is_recorded()
    {
        foreach (MethodInfo method in typeof(IRunObserver).GetMethods())
        {
            Collected sink = new();
            Type message = method.GetParameters()[0].ParameterType.GetElementType()!;
            method.Invoke(new PublishedEvents(sink), [Activator.CreateInstance(message)]);
            Assert.True(sink.Bytes.Count == System.Runtime.InteropServices.Marshal.SizeOf(message), method.Name);
        }
    }

    [Fact]
    public void Bytes_are_those_of_the_event()
    {
        Collected sink = new();
        FillEvent fill = new() { FeeNanos = 5 };
        ((IRunObserver)new PublishedEvents(sink)).OnFill(in fill);
        Assert.Equal(Messages.AsBytes(in fill).ToArray(), sink.Bytes);
    }

    private sealed class Collected : IMessageSink
    {
        public List<byte> Bytes { get; } = [];

        public void Write(ReadOnlySpan<byte> messages) => Bytes.AddRange(messages);
    }
}
