(* Answers questions on the standard input until it ends.
   question:  name k=v k=v ... | rows columns \n   followed by rows * columns doubles, little-endian, row by row
   answer:    ok rows outputs \n                   followed by rows * outputs doubles, or: error text \n
   "names\n" answers the names of all witnesses on one line, "ping\n" answers pong. *)

(* Linking them fills the registry. *)
module _ = Indicators
module _ = Statistics
module _ = Microstructure
module _ = Flow

let words text = String.split_on_char ' ' text |> List.filter (fun word -> word <> "")

let argument text =
  match String.index_opt text '=' with
  | Some i -> (String.sub text 0 i, String.sub text (i + 1) (String.length text - i - 1))
  | None -> failwith ("not an argument: " ^ text)

let read_table rows columns : Witness.table =
  let bytes = Bytes.create (rows * columns * 8) in
  really_input stdin bytes 0 (Bytes.length bytes);
  Array.init rows (fun row -> Array.init columns (fun column -> Int64.float_of_bits (Bytes.get_int64_le bytes (((row * columns) + column) * 8))))

let write_answer (answer : Witness.answer) rows =
  let outputs = if rows = 0 then 0 else Array.length answer.(0) in
  if Array.length answer <> rows || Array.exists (fun row -> Array.length row <> outputs) answer then failwith "the answer does not have a row of outputs per row of the question";
  let bytes = Bytes.create (rows * outputs * 8) in
  Array.iteri (fun row values -> Array.iteri (fun output value -> Bytes.set_int64_le bytes (((row * outputs) + output) * 8) (Int64.bits_of_float value)) values) answer;
  Printf.printf "ok %d %d\n" rows outputs;
  print_bytes bytes

let one_line text = String.map (fun c -> if c = '\n' then ' ' else c) text

let answer question =
  match String.split_on_char '|' question with
  | [ call; shape ] -> (
    let rows, columns = Scanf.sscanf shape " %d %d" (fun rows columns -> (rows, columns)) in
    let table = read_table rows columns in
    try
      match words call with
      | name :: args -> (
        match Hashtbl.find_opt Witness.registry name with
        | Some witness -> write_answer (witness (List.map argument args) table) rows
        | None -> Printf.printf "error no witness\n")
      | [] -> failwith "no name"
    with failure -> Printf.printf "error %s\n" (one_line (Printexc.to_string failure)))
  | _ -> Printf.printf "error not a question: %s\n" (one_line question)

let names () = Hashtbl.fold (fun name _ names -> name :: names) Witness.registry [] |> List.sort compare |> String.concat " "

let () =
  set_binary_mode_in stdin true;
  set_binary_mode_out stdout true;
  try
    while true do
      (match input_line stdin with
       | "ping" -> print_string "pong\n"
       | "names" -> print_string (names () ^ "\n")
       | question -> answer question);
      flush stdout
    done
  with End_of_file -> ()
