using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Tests.Data.Files;

public class ReadAheadTests
{
    [Fact]
    public void All_bytes_arrive_in_order_whatever_the_sizes_of_reads()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            Random random = new(seed);
            using ReadAhead reader = new(new Numbers(3_000_000, seed, failAt: long.MaxValue));
            byte[] buffer = new byte[400_000];
            long at = 0;
            for (int length; (length = reader.Read(buffer.AsSpan(0, random.Next(1, buffer.Length)))) > 0;)
                for (int i = 0; i < length; i++, at++)
                    if (buffer[i] != (byte)(at * 31 >> 3)) Assert.Fail($"seed {seed}: byte {at}");
            Assert.Equal(3_000_000, at);
        }
    }

    [Fact]
    public void An_error_of_the_other_thread_surfaces_after_the_bytes_before_it()
    {
        using ReadAhead reader = new(new Numbers(3_000_000, 1, failAt: 1_234_567));
        byte[] buffer = new byte[100_000];
        long at = 0;
        InputException error = Assert.Throws<InputException>(() =>
        {
            for (int length; (length = reader.Read(buffer)) > 0;) at += length;
        });
        Assert.Equal("numbers", error.Subject);
        Assert.Equal(1_234_567, at);
    }

    [Fact]
    public void Disposing_stops_the_other_thread_whether_it_waits_or_works()
    {
        for (int reads = 0; reads < 4; reads++)
        {
            Numbers numbers = new(long.MaxValue, reads, failAt: long.MaxValue);
            ReadAhead reader = new(numbers);
            byte[] buffer = new byte[100];
            for (int i = 0; i < reads; i++) reader.Read(buffer);
            reader.Dispose();
            Assert.True(numbers.IsDisposed);
            Assert.True(numbers.StoredPosition < 100 << 20);      // bounded: it does not run away from a reader who reads nothing
        }
    }

    [Fact]
    public void Reading_allocates_nothing_after_the_start()
    {
        using ReadAhead reader = new(new Numbers(50_000_000, 1, failAt: long.MaxValue));
        byte[] buffer = new byte[100_000];
        for (int i = 0; i < 100; i++) reader.Read(buffer);
        long allocated = Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 60; i++) reader.Read(buffer);
        });
        Assert.Equal(0, allocated);
    }

    private sealed class Numbers(long length, int seed, long failAt) : IByteSource
    {
        private readonly Random _random = new(seed);

        public long StoredPosition { get; private set; }

        public bool IsTruncated => false;

        public bool IsDisposed { get; private set; }

        public int Read(Span<byte> buffer)
        {
            if (StoredPosition == failAt) throw new InputException("numbers", "a failure", "none", "None.");
            int count = (int)Math.Min(Math.Min(_random.Next(1, 300_000), buffer.Length), Math.Min(length, failAt) - StoredPosition);
            for (int i = 0; i < count; i++) buffer[i] = (byte)((StoredPosition + i) * 31 >> 3);
            StoredPosition += count;
            return count;
        }

        public void Dispose() => IsDisposed = true;
    }
}
