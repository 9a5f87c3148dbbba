using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>The second witness as a child process that answers questions through a pipe; verify/main.ml says in which form.</summary>
internal sealed class Witness : IDisposable
{
    private const int LineMax = 64 * 1024;

    private readonly Process _process;
    private readonly Stream _questions;
    private readonly BufferedStream _answers;

    private Witness(Process process)
    {
        _process = process;
        _questions = process.StandardInput.BaseStream;
        _answers = new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024);
    }

    /// <summary>Starts it, and builds it first where it is not there.</summary>
    public static Witness Start() =>
        new(Process.Start(new ProcessStartInfo(WitnessProgram.Build()) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    /// <summary>The outputs of a feature after each row of a table.</summary>
    /// <exception cref="WitnessException">It has no answer: it does not know the feature, or failed.</exception>
    /// <exception cref="IOException">It has ended.</exception>
    public double[] Ask(FeatureInfo info, FeatureArguments arguments, FeatureTable table)
    {
        StringBuilder question = new(info.Name);
        for (int i = 0; i < info.Parameters.Count; i++) question.Append(' ').Append(info.Parameters[i].Name).Append('=').Append(arguments.Texts[i]);
        question.Append(CultureInfo.InvariantCulture, $" | {table.Rows} {table.Columns}");
        Say(question.ToString());
        Write(table.Cells);
        string line = Line();
        if (line.StartsWith("error ", StringComparison.Ordinal)) throw new WitnessException(line["error ".Length..]);
        string[] shape = line.Split(' ');
        int rows = int.Parse(shape[1], CultureInfo.InvariantCulture), outputs = int.Parse(shape[2], CultureInfo.InvariantCulture);
        double[] answer = Read(rows * outputs);
        return outputs == info.Outputs.Count ? answer : throw new WitnessException($"the witness gives {outputs} outputs, the feature {info.Outputs.Count}");
    }

    /// <summary>The median time that a question takes to it and back, in microseconds.</summary>
    public double RoundTrip()
    {
        const int Pings = 101;
        double[] micros = new double[Pings];
        for (int i = 0; i < Pings; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Say("ping");
            Line();
            micros[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(micros);
        return micros[Pings / 2];
    }

    public void Dispose()
    {
        try
        {
            _questions.Dispose();      // the end of its input ends it
        }
        catch (IOException)
        {
            // it has ended already
        }
        if (!_process.WaitForExit(TimeSpan.FromSeconds(1))) _process.Kill();
        _process.Dispose();
    }

    private void Say(string line)
    {
        _questions.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _questions.Flush();
    }

    private void Write(ReadOnlySpan<double> numbers)
    {
        Debug.Assert(BitConverter.IsLittleEndian, "the pipe is little-endian, and so is every machine that this runs on");
        _questions.Write(MemoryMarshal.AsBytes(numbers));
        _questions.Flush();
    }

    private double[] Read(int count)
    {
        double[] numbers = new double[count];
        try
        {
            _answers.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
        catch (EndOfStreamException)
        {
            throw Ended();
        }
        return numbers;
    }

    private string Line()
    {
        List<byte> line = [];
        for (int next = _answers.ReadByte(); next != '\n'; next = _answers.ReadByte())
        {
            if (next < 0 || line.Count == LineMax) throw Ended();
            line.Add((byte)next);
        }
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(line));
    }

    private static IOException Ended() => new("The second witness ended in the middle of an answer");
}
